namespace Decant.Client;

/// <summary>Description of the medium or list at a URL.</summary>
public sealed record MediaInfo
{
    /// <summary>Title of the medium, or of the list.</summary>
    public required string Title { get; init; }

    /// <summary>Publisher.</summary>
    public string? Uploader { get; init; }

    /// <summary>Seconds; null when unknown or live.</summary>
    public double? Duration { get; init; }

    /// <summary>Platform of the URL, such as <c>youtube</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The platform's own name for it.</summary>
    public required string VideoId { get; init; }

    /// <summary>Credits that a download would hold.</summary>
    public long EstimatedCredits { get; init; }

    /// <summary>Price from an API wallet, such as <c>$0.04</c>.</summary>
    public string? EstimatedUsd { get; init; }

    /// <summary>True for a live stream that is on air now.</summary>
    public bool IsLive { get; init; }

    /// <summary>A playlist, album or channel.</summary>
    public bool IsPlaylist { get; init; }

    /// <summary>Entries of the list.</summary>
    public int? PlaylistCount { get; init; }

    /// <summary>Renditions that the source offers, where they were asked for.</summary>
    public IReadOnlyList<SourceFormat> Formats { get; init; } = [];

    /// <summary>Subtitles that can be asked for, likewise.</summary>
    public IReadOnlyList<SourceSubtitle> Subtitles { get; init; } = [];

    /// <summary>The list's entries, likewise.</summary>
    public IReadOnlyList<ListEntry> Entries { get; init; } = [];
}

/// <summary>A rendition (source format).</summary>
/// <param name="FormatId">Value for <see cref="DownloadOptions.FormatSelector"/>.</param>
/// <param name="Format">Container of the format.</param>
/// <param name="Quality"><c>720p</c> with a picture, <c>128kbps</c> without.</param>
/// <param name="FileSize">Bytes; may be estimated.</param>
/// <param name="AudioCodec">Codec of the sound; null without sound.</param>
/// <param name="VideoCodec">Codec of the picture; null without a picture.</param>
public sealed record SourceFormat(
    string FormatId,
    string Format,
    string? Quality,
    long? FileSize,
    string? AudioCodec,
    string? VideoCodec
);

/// <summary>Subtitles that a source offers.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Automatic">True for text made by a machine.</param>
public sealed record SourceSubtitle(string Language, bool Automatic);

/// <summary>An entry of a list.</summary>
/// <param name="Index">Place in the list, from 1.</param>
/// <param name="Url">Page of the medium.</param>
/// <param name="Title">Title, where the list has one.</param>
/// <param name="Duration">Length in seconds; null where the list does not say.</param>
public sealed record ListEntry(int Index, Uri Url, string? Title, double? Duration)
{
    /// <summary>Reason for which it cannot be had, where that is known already.</summary>
    public ListEntryError? Error { get; init; }
}

/// <summary>Reason for which an entry cannot be had.</summary>
/// <param name="Code">Stable, such as <c>content_not_found</c>.</param>
/// <param name="Message">Text for a person.</param>
public sealed record ListEntryError(string Code, string Message);
