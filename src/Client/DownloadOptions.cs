using System.Text.Json.Serialization;

namespace Decant.Client;

/// <summary>Options of a download. Null leaves a choice to the server.</summary>
public sealed record DownloadOptions
{
    /// <summary>Name of a preset whose fields stand in for what is null here: <c>best</c>, <c>1080p</c>, <c>everywhere</c>, <c>small</c>, <c>mp3</c>, <c>sound</c>, or one of the account's own.</summary>
    public string? Preset { get; init; }

    /// <summary>The container to make, such as <c>mp4</c> or <c>mp3</c>; <c>mp4</c> otherwise. <c>original</c> is the sound as the source has it.</summary>
    public string? Format { get; init; }

    /// <summary><c>144p</c> … <c>4K</c>, <c>64kbps</c> … <c>320kbps</c>, <c>best</c>, <c>worst</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>The sound alone.</summary>
    public bool? AudioOnly { get; init; }

    /// <summary>The thumbnail as well, as a JPEG at <see cref="Job.ThumbnailUrl"/>.</summary>
    public bool? IncludeThumbnail { get; init; }

    /// <summary><c>best</c>, <c>worst</c>, or a <see cref="SourceFormat.FormatId"/> (two joined by <c>+</c>).</summary>
    public string? FormatSelector { get; init; }

    /// <summary>File name to save under.</summary>
    public string? OutputFilename { get; init; }

    /// <summary>Codec of the picture, such as <c>h264</c>.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec of the sound, such as <c>opus</c>.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>The part to deliver; the whole otherwise.</summary>
    public Clip? Clip { get; init; }

    /// <summary>Language of the sound (BCP 47), where the source has several.</summary>
    public string? AudioLanguage { get; init; }

    /// <summary>Integrated loudness to bring the sound to, LUFS (EBU R128), such as -16.</summary>
    public double? Normalize { get; init; }

    /// <summary><c>sdr</c> or <c>hdr</c>; otherwise a high dynamic range is kept where the file can say it.</summary>
    public string? DynamicRange { get; init; }

    /// <summary>Subtitles to deliver, where the source has them.</summary>
    public SubtitleWish? Subtitles { get; init; }

    /// <summary>Entries of a list to take, such as <c>1-5,8</c>. <see cref="DecantClient.DownloadAsync(string, DownloadOptions?, IProgress{DownloadProgress}?, CancellationToken)"/> takes one, the first where nothing is said.</summary>
    public string? PlaylistItems { get; init; }

    /// <summary>Longest recording of a live stream, in seconds.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>A live stream is recorded from as far back as its playlist reaches.</summary>
    public bool? LiveFromStart { get; init; }

    /// <summary>Accept a live stream that has yet to begin, and record it once it does.</summary>
    public bool? WaitForLive { get; init; }

    /// <summary>Destination: an existing directory (the server then names the file), or the file's path. The current directory where left out.</summary>
    [JsonIgnore]
    public string? Path { get; init; }

    /// <summary>Replace a file that is there; otherwise it is <see cref="DecantException.FileExists"/>, before anything is asked of the server where the file's path was given.</summary>
    [JsonIgnore]
    public bool Replace { get; init; }

    /// <summary>A name of one's own for this request, to send it again after a crash and get the same job. Made up otherwise, so that nothing sent again by the client itself is charged twice.</summary>
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <summary>Stop the job on the server when the caller's token is cancelled, so that it costs nothing (a live recording is closed and kept).</summary>
    [JsonIgnore]
    public bool CancelJob { get; init; } = true;
}

/// <summary>A part of a medium.</summary>
/// <param name="Start">Beginning in seconds, or as <c>hh:mm:ss</c>; null for the medium's.</param>
/// <param name="End">End in seconds, or as <c>hh:mm:ss</c>; null for the medium's.</param>
public sealed record Clip(string? Start, string? End);

/// <summary>Subtitles that are wanted.</summary>
/// <param name="Languages">BCP 47; <c>pt</c> takes <c>pt-BR</c>.</param>
/// <param name="Mode"><c>embed</c> or <c>files</c>; otherwise into the medium where its container holds them.</param>
/// <param name="Format">Format of separate files: <c>srt</c> (default) or <c>vtt</c>.</param>
public sealed record SubtitleWish(IReadOnlyList<string> Languages, string? Mode = null, string? Format = null);
