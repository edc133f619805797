using System.Text.Json.Serialization;
using Decant.Engine.Sources;
using Decant.Server.Jobs.Requests;

namespace Decant.Server.Info;

/// <summary>Description of the medium or list at a URL, in the documents' fields, and ours beside them.</summary>
internal sealed record InfoResponse
{
    /// <summary>Title at the source.</summary>
    public required string Title { get; init; }

    /// <summary>Description at the source.</summary>
    public string? Description { get; init; }

    /// <summary>Name of the uploader.</summary>
    public string? Uploader { get; init; }

    /// <summary>Date of the upload.</summary>
    public DateOnly? UploadDate { get; init; }

    /// <summary>Seconds; null when unknown or live.</summary>
    public double? Duration { get; init; }

    /// <summary>Number of views, as the source says.</summary>
    public long? ViewCount { get; init; }

    /// <summary>Number of likes, as the source says.</summary>
    public long? LikeCount { get; init; }

    /// <summary>The largest picture of it, at the source.</summary>
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>Platform of the medium, such as <c>youtube</c>; <c>other</c> where it has no name.</summary>
    public required string Platform { get; init; }

    /// <summary>Id of the medium on its platform.</summary>
    public required string VideoId { get; init; }

    /// <summary>Credits that a download would hold; 0 for public ones, which cost nothing.</summary>
    public required long EstimatedCredits { get; init; }

    /// <summary>The same from an API wallet.</summary>
    public required string EstimatedUsd { get; init; }

    /// <summary>The page it is on.</summary>
    public required Uri WebpageUrl { get; init; }

    /// <summary>True for a stream that is on air now.</summary>
    public required bool IsLive { get; init; }

    /// <summary>True for a list of media.</summary>
    public required bool IsPlaylist { get; init; }

    /// <summary>Number of entries on the list.</summary>
    public int? PlaylistCount { get; init; }

    /// <summary>Real source of the sound, for a platform that gives none itself (Spotify); left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Matched? Matched { get; init; }

    /// <summary>Formats of the source; left out, not null, when nobody asked: the documents' sample reads it with a default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoFormat>? Formats { get; init; }

    /// <summary>Subtitles that a download could ask for; with the formats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoSubtitle>? Subtitles { get; init; }

    /// <summary>The site's own chapters, in order; with the formats, and left out where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoChapter>? Chapters { get; init; }

    /// <summary>Files that a download could ask for, and what it would get; with the formats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoOption>? Options { get; init; }

    /// <summary>The lines of the list; with the formats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InfoEntry>? Entries { get; init; }
}

/// <summary>Rendition that the source offers.</summary>
internal sealed record InfoFormat
{
    /// <summary>Id for <c>format_selector</c>.</summary>
    public required string FormatId { get; init; }

    /// <summary>The container, truthfully: the documents' <c>mp3</c> for YouTube's 140 is <c>m4a</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>720p</c> with a picture, <c>128kbps</c> without.</summary>
    public string? Quality { get; init; }

    /// <summary><c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution { get; init; }

    /// <summary>Pictures per second; null without a picture.</summary>
    public double? Fps { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>True where the size is worked out from bit rate and length.</summary>
    public required bool FileSizeIsEstimate { get; init; }

    /// <summary>Codec of the sound; null without sound.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Codec of the picture; null without a picture.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Bits per second of the audio.</summary>
    public long? AudioBitrate { get; init; }

    /// <summary>Language of the sound (BCP 47), where the source says it.</summary>
    public string? Language { get; init; }

    /// <summary>Languages of a file with several sounds, of which <c>audio_language</c> can choose one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AudioLanguages { get; init; }

    /// <summary>True where the picture has a high dynamic range.</summary>
    public required bool Hdr { get; init; }
}

/// <summary>A format and quality that a download could ask for.</summary>
/// <param name="Format">Value of <c>format</c> that asks for it.</param>
/// <param name="Quality">Value of <c>quality</c> that asks for it.</param>
/// <param name="FileSize">Bytes, estimated; null where the source says too little.</param>
/// <param name="IsCopy">True where nothing is encoded: quick, and without loss.</param>
/// <param name="FormatIds">Ids of the source's formats that it is made of.</param>
/// <param name="VideoCodec">Codec of the file's picture; null without a picture.</param>
/// <param name="AudioCodec">Codec of the file's sound; null without sound.</param>
internal sealed record InfoOption(
    string Format,
    string Quality,
    long? FileSize,
    bool IsCopy,
    IReadOnlyList<string> FormatIds,
    string? VideoCodec,
    string? AudioCodec
);

/// <summary>Subtitles that the source has.</summary>
/// <param name="Language">Language as the source says it (BCP 47).</param>
/// <param name="Automatic">True for text made by a machine: heard, or translated.</param>
/// <param name="Name">Name that the source gives it.</param>
internal sealed record InfoSubtitle(string Language, bool Automatic, string? Name);

/// <summary>Chapter of a medium.</summary>
/// <param name="Start">Beginning, in seconds from the beginning of the medium.</param>
/// <param name="End">End, in seconds from the beginning of the medium.</param>
/// <param name="Title">Title as the site has it.</param>
internal sealed record InfoChapter(double Start, double End, string Title)
{
    public static InfoChapter Of(Chapter chapter) =>
        new(chapter.Start.TotalSeconds, chapter.End.TotalSeconds, chapter.Title);
}

/// <summary>Entry of a playlist, or one medium of a post that has several.</summary>
/// <param name="Index">Place in the list, from 1; the number that <c>playlist_items</c> takes.</param>
/// <param name="Url">URL that a download takes. A medium without a page of its own has its page's, with <c>#playlist_index=</c> and <c>video_id=</c>.</param>
/// <param name="VideoId">Id of the medium on its platform.</param>
/// <param name="Title">Title in the list.</param>
/// <param name="Duration">Length in seconds, where the list says it.</param>
internal sealed record InfoEntry(int Index, Uri Url, string? VideoId, string? Title, double? Duration)
{
    /// <summary>Reason for which it cannot be had, where that is known already: a photo, or a medium that is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InfoEntryError? Error { get; init; }

    public static InfoEntry Of(PlaylistEntry entry) =>
        new(entry.Index, entry.Url, entry.Id, entry.Title, entry.Duration?.TotalSeconds)
        {
            Error = entry.Failure is { } failure ? new InfoEntryError(failure.Error.Code, failure.Message) : null,
        };
}

/// <summary>Reason for which an entry cannot be had.</summary>
/// <param name="Code">Code of the error table.</param>
/// <param name="Message">Text for a person.</param>
internal sealed record InfoEntryError(string Code, string Message);
