using System.Globalization;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Platforms.Cookies;

/// <summary>The text that curl, yt-dlp and browsers' extensions write: seven fields a line, with tabs between.</summary>
internal static class NetscapeCookies
{
    private const string HttpOnly = "#HttpOnly_";

    /// <exception cref="ApiException"><c>invalid_request</c>, with the number of the line and nothing of its text.</exception>
    public static IEnumerable<PlatformCookie> Read(string text, string field)
    {
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            number++;
            var isHttpOnly = line.StartsWith(HttpOnly, StringComparison.Ordinal);
            if (string.IsNullOrWhiteSpace(line) || (line.StartsWith('#') && !isHttpOnly))
            {
                continue;
            }

            yield return ReadLine(isHttpOnly ? line[HttpOnly.Length..] : line)
                ?? throw ApiException.Invalid(
                    field,
                    $"Line {number} of the cookies is not in Netscape's format: domain, TRUE or FALSE, path, TRUE or FALSE, "
                        + "expiry in Unix seconds, name and value, with tabs between."
                );
        }
    }

    private static PlatformCookie? ReadLine(string line)
    {
        if (
            line.Split('\t') is not [var domain, var below, var path, var secure, var expires, var name, var value]
            || !long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return null;
        }

        var host = domain.TrimStart('.').ToLowerInvariant();
        var cookie = new PlatformCookie(
            new SourceCookie(IsTrue(below) ? $".{host}" : host, path, name, value, IsTrue(secure)),
            CookieTime.At(seconds)
        );
        return cookie.IsSound ? cookie : null;
    }

    private static bool IsTrue(string word) => word.Equals("TRUE", StringComparison.OrdinalIgnoreCase);
}
