namespace Decant.Engine.Sources;

/// <summary>Subtitles of a medium in one language, as a site offers them.</summary>
/// <param name="Language">BCP 47, as the site says it.</param>
/// <param name="IsAutomatic">True for text made by a machine: heard, or translated.</param>
/// <param name="File">WebVTT, SubRip or TTML, in one file or as an HLS playlist of segments.</param>
public sealed record SourceSubtitle(string Language, bool IsAutomatic, SourceFormat File)
{
    /// <summary>The site's name for them, such as <c>English (United Kingdom)</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Index of the stream where the medium's own file has them; null for a file of theirs.</summary>
    internal int? Stream { get; init; }
}
