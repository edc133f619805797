using Decant.Engine.Errors;

namespace Decant.Cli;

/// <summary>Reads the URL someone typed.</summary>
internal static class WebAddress
{
    /// <exception cref="MediaException"><c>invalid_url</c>.</exception>
    public static Uri Parse(string text) =>
        // The scheme is looked at because .NET takes "/etc/passwd" for a file:// URL.
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new MediaException(
                MediaError.InvalidUrl,
                $"'{text}' is not a web address; give one that begins with http:// or https://"
            );
}
