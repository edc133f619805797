using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts.Tokens;

/// <summary>
/// The session cookie of the page. It holds a random secret of which the database has the hash, as with a refresh token;
/// scripts cannot read it, and browsers send it to this site alone.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Prefix of the secret, by which secret scanners recognise it.</summary>
    public const string Mark = "cs_";

    private const string Name = "decant_session";

    public static string? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(Name, out var secret) && secret.StartsWith(Mark, StringComparison.Ordinal)
            ? secret
            : null;

    public static void Write(HttpContext context, string secret, DateTimeOffset expiresAt) =>
        context.Response.Cookies.Append(Name, secret, Options(context, expiresAt));

    public static void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(Name, Options(context, expiresAt: null));

    /// <summary>
    /// Recognises a request that another site's page had the browser send. <c>Sec-Fetch-Site</c> says it (Fetch Metadata);
    /// browsers leave it out towards plain http on other hosts than localhost, and there <c>Origin</c> says it of all that changes
    /// something. <c>SameSite=Strict</c> keeps the cookie from such requests already; this holds where a neighbouring port counts as the same site.
    /// </summary>
    public static bool IsCrossSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
        {
            return site is not ("same-origin" or "none");
        }

        return request.Headers.Origin is [{ Length: > 0 } origin]
            && !(
                Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Scheme == request.Scheme
                && HostString.FromUriComponent(from).Equals(WithPort(request))
            );
    }

    private static HostString WithPort(HttpRequest request) =>
        request.Host.Port is { } port && port != (request.IsHttps ? 443 : 80)
            ? request.Host
            : new HostString(request.Host.Host);

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            Expires = expiresAt,
            IsEssential = true,
        };
}
