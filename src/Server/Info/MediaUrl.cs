using Decant.Engine.Errors;
using Decant.Server.Errors;

namespace Decant.Server.Info;

/// <summary>The URL a client wants media from, as far as it can be judged without the network.</summary>
internal static class MediaUrl
{
    private const int MaxLength = 8192;

    /// <exception cref="ApiException"><c>invalid_request</c> where there is none.</exception>
    /// <exception cref="MediaException"><c>invalid_url</c>.</exception>
    public static Uri Parse(string? text, string field = "url")
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            throw ApiException.Invalid(
                field,
                $"The field {field} is missing: give the address of a page or file with media."
            );
        }

        if (text.Length > MaxLength)
        {
            throw Refused(field, $"The URL is {text.Length} characters long; {MaxLength} are allowed.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            throw Refused(
                field,
                $"'{Shown(text)}' is not a URL. It should look like https://www.youtube.com/watch?v=…."
            );
        }

        return url.Scheme is "http" or "https"
            ? url
            : throw Refused(field, $"'{Shown(text)}' has the scheme '{url.Scheme}'; only http and https are allowed.");
    }

    private static MediaException Refused(string field, string message) =>
        new(MediaError.InvalidUrl, message) { Field = field };

    private static string Shown(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
