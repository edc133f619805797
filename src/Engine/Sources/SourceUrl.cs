using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Sources;

/// <summary>Turns what a person typed into the address of a page, or says what is wrong with it.</summary>
/// <remarks>Whether the address may be reached is the egress gate's business.</remarks>
public static class SourceUrl
{
    /// <summary>Characters, after trimming.</summary>
    public const int MaxLength = 4096;

    private const int QuotedLength = 80;

    /// <param name="value">An absolute http or https URL; surrounding white space is ignored.</param>
    /// <param name="field">The request's field, for the error.</param>
    /// <returns>The URL with its host in ASCII.</returns>
    /// <exception cref="MediaException"><c>invalid_url</c>.</exception>
    public static Uri Parse(string? value, string field = "url")
    {
        var text = (value ?? "").Trim();
        if (text.Length == 0)
        {
            throw Invalid(field, "No URL was given; send the address of a page, such as https://example.com/watch/1.");
        }

        if (text.Length > MaxLength)
        {
            throw Invalid(
                field,
                $"The URL {Quote(text)} is {text.Length} characters long; at most {MaxLength} are allowed."
            );
        }

        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            throw Invalid(
                field,
                $"The URL {Quote(text)} has white space or control characters in it; percent-encode them."
            );
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            throw Invalid(field, $"{Quote(text)} is not a URL; send a whole one, beginning with https:// or http://.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            throw Invalid(field, $"{Quote(text)} is not a valid URL; check it for typing errors.");
        }

        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw Invalid(
                field,
                $"The URL {Quote(text)} begins with {url.Scheme}://; only https:// and http:// can be fetched."
            );
        }

        if (url.UserInfo.Length > 0)
        {
            throw Invalid(field, $"The URL for {Quote(url.Host)} carries a user name or password; leave it out.");
        }

        return InAscii(url) ?? throw Invalid(field, $"The URL {Quote(text)} has no valid host name.");
    }

    private static Uri? InAscii(Uri url)
    {
        try
        {
            var host = url.IdnHost;
            return host.Length == 0 ? null : new UriBuilder(url) { Host = host }.Uri;
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Quote(string text)
    {
        var printable = new string([
            .. text.Select(character =>
                char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format
                    ? '?'
                    : character
            ),
        ]);
        return printable.Length <= QuotedLength ? $"\"{printable}\"" : $"\"{printable[..QuotedLength]}…\"";
    }

    private static MediaException Invalid(string field, string message) =>
        new(MediaError.InvalidUrl, message) { Field = field };
}
