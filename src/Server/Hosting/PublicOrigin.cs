using Decant.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Origin of the links that the server hands out: the setting <c>PublicBaseUrl</c>, else the address that the request used.</summary>
internal sealed class PublicOrigin(IOptions<PublicOrigin.Settings> options, IServer server)
{
    /// <summary>The setting, without a slash at its end; null without one. For what must not depend on a request, whose Host is whatever its sender likes.</summary>
    public string? Configured { get; } =
        options.Value.PublicBaseUrl?.TrimEnd('/') is { Length: > 0 } origin ? origin : null;

    public static void Add(WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<Settings>()
            .Bind(builder.Configuration)
            .Validate(
                settings =>
                    string.IsNullOrEmpty(settings.PublicBaseUrl)
                    || Uri.TryCreate(settings.PublicBaseUrl, UriKind.Absolute, out var url)
                        && url.Scheme is "http" or "https",
                "Setting PublicBaseUrl: give the whole address that clients use, such as https://media.example.org."
            )
            .ValidateOnStart();
        builder.AddSettingsOf<Settings>("");
        builder.Services.AddSingleton<PublicOrigin>();
    }

    /// <exception cref="ApiException">The request does not say which host it is for, or nonsense.</exception>
    public string Of(HttpRequest request)
    {
        if (Configured is not null)
        {
            return Configured;
        }

        var origin = $"{request.Scheme}://{request.Host}{request.PathBase}";
        return request.Host.HasValue && Uri.TryCreate(origin, UriKind.Absolute, out _)
            ? origin
            : throw ApiException.Invalid(
                "Host",
                $"The header Host '{request.Host}' names no host; links could not be made for it."
            );
    }

    /// <summary>Origin where there is no request: the setting, else the first address that the server listens on.</summary>
    public string OfServer =>
        Configured
        ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/')
        ?? "http://localhost";

    /// <summary>Settings outside any section that say where the server is.</summary>
    internal sealed class Settings
    {
        /// <summary>Origin of the links that the server hands out, such as <c>https://media.example.org</c>; null is the one that each request used.</summary>
        public string? PublicBaseUrl { get; init; }
    }
}
