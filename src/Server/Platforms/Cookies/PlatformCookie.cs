using Decant.Engine.Sources;

namespace Decant.Server.Platforms.Cookies;

/// <summary>A cookie as it was given.</summary>
/// <param name="Cookie">Cookie as it is sent.</param>
/// <param name="ExpiresAt">Time of expiry; null for a cookie that lasts as long as the browser is open.</param>
internal sealed record PlatformCookie(SourceCookie Cookie, DateTimeOffset? ExpiresAt)
{
    private const int LongestCookie = 4096;
    private const string NameMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Domain of the cookie, without the leading dot that says that it holds for subdomains, too.</summary>
    public string Host => Cookie.Domain.TrimStart('.');

    /// <summary>Characters of a cookie (RFC 6265); a line break in a cookie would be another header.</summary>
    public bool IsSound =>
        Cookie.Name.Length > 0
        && Cookie.Name.Length + Cookie.Value.Length <= LongestCookie
        && Cookie.Name.All(one => char.IsAsciiLetterOrDigit(one) || NameMarks.Contains(one, StringComparison.Ordinal))
        && Cookie.Value.All(one => one is >= ' ' and <= '~' and not ';')
        && Cookie.Path.StartsWith('/')
        && Cookie.Path.All(one => one is > ' ' and <= '~' and not ';')
        && Host.Length > 0
        && Host.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-');

    public bool IsOf(Platform platform) =>
        platform.Domains.Any(domain => Host == domain || Host.EndsWith($".{domain}", StringComparison.Ordinal));

    /// <summary>A newer one of the same name and place takes its place.</summary>
    public bool IsSameAs(PlatformCookie other) =>
        (Cookie.Domain, Cookie.Path, Cookie.Name) == (other.Cookie.Domain, other.Cookie.Path, other.Cookie.Name);

    public override string ToString() => Cookie.ToString();
}
