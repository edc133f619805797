using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Cors</c>.</summary>
internal sealed class CorsSettings : IValidatableObject
{
    public const string Everybody = "*";

    /// <summary>Origins (<c>https://app.example.org</c>) whose pages may call the API from a browser, with a key or a token of theirs and never with the session of this one's; <c>*</c> for all.</summary>
    public string[] Origins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Origins
            .Where(origin => origin != Everybody && !IsOrigin(origin))
            .Select(origin => new ValidationResult(
                $"'{origin}' is no origin such as https://app.example.org, without a path, or * for all.",
                [nameof(Origins)]
            ));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && text.TrimEnd('/').Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cross-origin resource sharing: which other sites' pages may read the answers.</summary>
internal static class Cors
{
    /// <summary>Headers of ours that a page may read beside the few that browsers always show.</summary>
    private static readonly string[] Exposed =
    [
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "Idempotency-Replayed",
        "ETag",
        "Link",
        "Deprecation",
        "Content-Disposition",
        "Content-Range",
        "Accept-Ranges",
    ];

    /// <summary>Time for which a browser need not ask again whether it may ask.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(10);

    public static void AddCorsSetting(this WebApplicationBuilder builder)
    {
        builder.AddSettings<CorsSettings>("Cors");
        builder.Services.AddCors();
    }

    /// <summary>Adds CORS before everything that refuses, so that browsers can read refusals as well. Without origins nothing is said to browsers.</summary>
    public static void UseCorsSetting(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<IOptions<CorsSettings>>().Value.Origins;
        if (origins.Length == 0)
        {
            return;
        }

        // No AllowCredentials: the session cookie is for this server's own page.
        app.UseCors(policy =>
            (
                origins.Contains(CorsSettings.Everybody)
                    ? policy.AllowAnyOrigin()
                    : policy.WithOrigins([.. origins.Select(origin => origin.TrimEnd('/'))])
            )
                .AllowAnyHeader()
                .AllowAnyMethod()
                .WithExposedHeaders(Exposed)
                .SetPreflightMaxAge(AskedAgainAfter)
        );
    }
}
