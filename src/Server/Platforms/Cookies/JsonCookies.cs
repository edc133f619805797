using System.Text.Json;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Platforms.Cookies;

/// <summary>The array that browsers' extensions and automation export: <c>domain</c>, <c>name</c>, <c>value</c>, <c>path</c>, <c>secure</c>, <c>expirationDate</c>.</summary>
internal static class JsonCookies
{
    /// <summary>The extensions' name, Puppeteer's and Selenium's.</summary>
    private static readonly string[] Expiries = ["expirationDate", "expires", "expiry"];

    /// <exception cref="ApiException"><c>invalid_request</c>, with the place of the cookie and nothing of its value.</exception>
    public static IEnumerable<PlatformCookie> Read(JsonElement array, string field) =>
        array
            .EnumerateArray()
            .Select(
                (one, index) =>
                    Read(one)
                    ?? throw ApiException.Invalid(
                        $"{field}[{index}]",
                        $"{field}[{index}] is no cookie: an object with the texts domain, name and value is wanted, and path, secure and expirationDate where they are known."
                    )
            );

    private static PlatformCookie? Read(JsonElement one)
    {
        if (
            one.ValueKind != JsonValueKind.Object
            || Text(one, "domain") is not { } domain
            || Text(one, "name") is not { } name
            || Text(one, "value") is not { } value
        )
        {
            return null;
        }

        var host = domain.TrimStart('.').ToLowerInvariant();
        var isBelow = domain.StartsWith('.') || Flag(one, "hostOnly") == false;
        var cookie = new PlatformCookie(
            new SourceCookie(
                isBelow ? $".{host}" : host,
                Text(one, "path") ?? "/",
                name,
                value,
                Flag(one, "secure") == true
            ),
            Expiries
                .Select(expiry => one.TryGetProperty(expiry, out var stated) ? stated : default)
                .Where(stated => stated.ValueKind == JsonValueKind.Number)
                .Select(stated => CookieTime.At(stated.GetDouble()))
                .FirstOrDefault()
        );
        return cookie.IsSound ? cookie : null;
    }

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
