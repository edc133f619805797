using System.Text.Json.Serialization;
using Decant.Server.Downloads;

namespace Decant.Server.Info;

/// <summary>What is at a URL, in the documents' fields, and ours beside them.</summary>
internal sealed record InfoResponse
{
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? Uploader { get; init; }
    public DateOnly? UploadDate { get; init; }

    /// <summary>Seconds; null when unknown or live.</summary>
    public double? Duration { get; init; }
    public long? ViewCount { get; init; }
    public long? LikeCount { get; init; }
    public Uri? ThumbnailUrl { get; init; }
    public required string Platform { get; init; }
    public required string VideoId { get; init; }

    /// <summary>What a download would hold; 0 for public ones, which cost nothing.</summary>
    public required long EstimatedCredits { get; init; }

    /// <summary>The same from an API wallet.</summary>
    public required string EstimatedUsd { get; init; }
    public required Uri WebpageUrl { get; init; }
    public required bool IsLive { get; init; }
    public required bool IsPlaylist { get; init; }
    public int? PlaylistCount { get; init; }

    /// <summary>Where the sound is really from, for a platform that gives none itself (Spotify); left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Matched? Matched { get; init; }

    /// <summary>Left out, not null, when nobody asked: the documents' sample reads it with a default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoFormat>? Formats { get; init; }

    /// <summary>What subtitles a download could ask for; with the formats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoSubtitle>? Subtitles { get; init; }

    /// <summary>What a download could ask for, and what it would get; with the formats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoOption>? Options { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoEntry>? Entries { get; init; }
}

/// <summary>One rendition the source offers.</summary>
internal sealed record InfoFormat
{
    public required string FormatId { get; init; }

    /// <summary>The container, truthfully: the documents' <c>mp3</c> for YouTube's 140 is <c>m4a</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>720p</c> with a picture, <c>128kbps</c> without.</summary>
    public string? Quality { get; init; }
    public string? Resolution { get; init; }
    public double? Fps { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }
    public required bool FileSizeIsEstimate { get; init; }
    public string? AudioCodec { get; init; }
    public string? VideoCodec { get; init; }

    /// <summary>Bits per second of the audio.</summary>
    public long? AudioBitrate { get; init; }
    public string? Language { get; init; }

    /// <summary>Of a file with several sounds: what <c>audio_language</c> can choose from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AudioLanguages { get; init; }
    public required bool Hdr { get; init; }
}

/// <summary>One format and quality that a download could ask for.</summary>
/// <param name="Format">As <c>format</c> takes it.</param>
/// <param name="Quality">As <c>quality</c> takes it.</param>
/// <param name="FileSize">Bytes, estimated; null where the source says too little.</param>
/// <param name="IsCopy">Nothing is encoded: quick, and without loss.</param>
/// <param name="FormatIds">Of the source's formats, those it is made of.</param>
/// <param name="VideoCodec">Of the file; null without a picture.</param>
/// <param name="AudioCodec">Of the file; null without sound.</param>
internal sealed record InfoOption(
    string Format,
    string Quality,
    long? FileSize,
    bool IsCopy,
    IReadOnlyList<string> FormatIds,
    string? VideoCodec,
    string? AudioCodec
);

/// <param name="Language">As the source says it (BCP 47).</param>
/// <param name="Automatic">Made by a machine: heard, or translated.</param>
/// <param name="Name">What the source calls it.</param>
internal sealed record InfoSubtitle(string Language, bool Automatic, string? Name);

/// <summary>One line of a playlist.</summary>
internal sealed record InfoEntry(int Index, Uri Url, string? VideoId, string? Title, double? Duration);
