using System.Text.Json.Serialization;
using Decant.Server.Accounts;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Mcp;

/// <summary>
/// OAuth's discovery of <c>/mcp</c>, where the operator named an issuer (<c>Jwt__Authority</c>): a client without a credential is told
/// where the resource describes itself (RFC 9728), and finds there who signs tokens for it (MCP, Authorization).
/// </summary>
internal static class ProtectedResource
{
    /// <summary>RFC 9728, 3.1: the well-known part stands between host and path.</summary>
    private const string Description = $"/.well-known/oauth-protected-resource{McpServices.Path}";

    /// <summary>Names the description in each refusal for want of a credential. Before what refuses.</summary>
    public static void UseProtectedResource(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<JwtOptions>>().Value.Authority is null)
        {
            return;
        }

        var origin = app.Services.GetRequiredService<PublicOrigin>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(McpServices.Path, StringComparison.OrdinalIgnoreCase),
            branch =>
                branch.Use(
                    (context, next) =>
                    {
                        context.Response.OnStarting(() => NameAsync(context, origin));
                        return next(context);
                    }
                )
        );
    }

    public static void MapProtectedResource(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<JwtOptions>>().Value is not { Authority: { } issuer } options)
        {
            return;
        }

        app.MapGet(
                Description,
                (HttpContext context, PublicOrigin origin) =>
                {
                    // Public, and read by clients that are pages of other sites.
                    context.Response.Headers.AccessControlAllowOrigin = "*";
                    return TypedResults.Ok(
                        new ResourceDescription(
                            origin.Of(context.Request) + McpServices.Path,
                            [issuer.OriginalString.TrimEnd('/')],
                            options.Scopes is { Length: > 0 } scopes ? scopes : null
                        )
                    );
                }
            )
            .ExcludeFromDescription();
    }

    private static Task NameAsync(HttpContext context, PublicOrigin origin)
    {
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            // RFC 6750, 3: only whoever sent a token is told that it is wrong.
            var error = context.Request.Headers.ContainsKey(HeaderNames.Authorization)
                ? ", error=\"invalid_token\""
                : "";
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"decant\"{error}, resource_metadata=\"{origin.Of(context.Request)}{Description}\"";
        }

        return Task.CompletedTask;
    }

    /// <param name="Resource">Identifier of the resource: its address.</param>
    /// <param name="AuthorizationServers">Issuers whose tokens are accepted.</param>
    /// <param name="ScopesSupported">Scopes to ask them for; null leaves it to the client.</param>
    internal sealed record ResourceDescription(
        string Resource,
        IReadOnlyList<string> AuthorizationServers,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? ScopesSupported
    )
    {
        public IReadOnlyList<string> BearerMethodsSupported { get; } = ["header"];

        public string ResourceName { get; } = "Decant";
    }
}
