using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Errors;

namespace Decant.Server.Info;

/// <summary>The URL a client wants media from, as far as it can be judged without the network.</summary>
internal static class MediaUrl
{
    /// <exception cref="ApiException"><c>invalid_request</c> where there is none.</exception>
    /// <exception cref="MediaException"><c>invalid_url</c>.</exception>
    public static Uri Parse(string? text, string field = "url") =>
        string.IsNullOrWhiteSpace(text)
            ? throw ApiException.Invalid(
                field,
                $"The field {field} is missing: give the address of a page or file with media."
            )
            : SourceUrl.Parse(text, field);
}
