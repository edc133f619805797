using Decant.Server.Jobs.Requests;
using Decant.Server.Presets;

namespace Decant.Server.Downloads;

/// <summary>A download as a client asks for it. What is null was not said.</summary>
internal sealed record DownloadRequest
{
    /// <summary>The page or file to take the medium from.</summary>
    public string? Url { get; init; }

    /// <summary>Name of a preset whose fields stand in for what is not said here: <c>best</c>, <c>1080p</c>, <c>everywhere</c>, <c>small</c>, <c>mp3</c>, <c>sound</c>, or one of your own.</summary>
    public string? Preset { get; init; }

    /// <summary>The container to make; <c>mp4</c>, or <c>mp3</c> with <c>audio_only</c>. <c>original</c> is the sound as the source has it, in whatever container takes it.</summary>
    public string? Format { get; init; }

    /// <summary><c>144p</c> … <c>4K</c>, <c>64kbps</c> … <c>320kbps</c>, <c>best</c>, <c>worst</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>Leave the picture away; false where nothing is said.</summary>
    public bool? AudioOnly { get; init; }

    /// <summary>Deliver the thumbnail beside the medium, as a JPEG; false where nothing is said.</summary>
    public bool? IncludeThumbnail { get; init; }

    /// <summary><c>best</c>, <c>worst</c>, or a <c>format_id</c> of the source (two joined by <c>+</c>).</summary>
    public string? FormatSelector { get; init; }

    /// <summary>Name under which the file is saved, without its extension; the title otherwise.</summary>
    public string? OutputFilename { get; init; }

    /// <summary>Codec of the picture, such as <c>h264</c>; the container's best otherwise.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec of the sound, such as <c>aac</c>; the container's best otherwise.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>The part to deliver; the whole otherwise.</summary>
    public ClipRequest? Clip { get; init; }

    /// <summary>Language of the sound (<c>en</c>, <c>pt-BR</c>), where the source has several; the original otherwise.</summary>
    public string? AudioLanguage { get; init; }

    /// <summary>Integrated loudness to bring the sound to (LUFS, EBU R128), such as <c>-16</c> for podcasts.</summary>
    public double? Normalize { get; init; }

    /// <summary><c>sdr</c> or <c>hdr</c>; otherwise a high dynamic range is kept where the file can say it.</summary>
    public string? DynamicRange { get; init; }

    /// <summary>Subtitles to deliver, where the source has them: an object, or just the language or languages.</summary>
    public SubtitlesRequest? Subtitles { get; init; }

    /// <summary>Entries of a list to take, such as <c>1-5,8</c>; the first 50 otherwise.</summary>
    public string? PlaylistItems { get; init; }

    /// <summary>Webhook URL that is told when the download ends: an https address that everybody can reach.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Signing secret of the webhook, 16 to 256 visible ASCII characters; not signed where left out.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Seconds of a live stream to record at most; a setting decides otherwise.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>True to take what a live stream still lists of its past, too.</summary>
    public bool? LiveFromStart { get; init; }

    /// <summary>Accept a live stream that has yet to begin, and record it once it does; otherwise that is <c>not_started</c>.</summary>
    public bool? WaitForLive { get; init; }

    /// <summary>The wishes for a live stream, should it be one.</summary>
    public RecordingWish ToRecording(TimeSpan maxDuration) =>
        new(maxDuration.TotalSeconds, LiveFromStart ?? false, WaitForLive ?? false);

    /// <summary>The same with a preset's fields where nothing is said. Of another format than the preset's, its quality and codecs mean nothing.</summary>
    public DownloadRequest Over(PresetOptions preset)
    {
        var isPresetsFormat = Format is null;
        return this with
        {
            Format = Format ?? preset.Format,
            Quality = Quality ?? (isPresetsFormat ? preset.Quality : null),
            AudioOnly = AudioOnly ?? (isPresetsFormat ? preset.AudioOnly : null),
            IncludeThumbnail = IncludeThumbnail ?? preset.IncludeThumbnail,
            VideoCodec = VideoCodec ?? (isPresetsFormat ? preset.VideoCodec : null),
            AudioCodec = AudioCodec ?? (isPresetsFormat ? preset.AudioCodec : null),
            AudioLanguage = AudioLanguage ?? preset.AudioLanguage,
            Normalize = Normalize ?? preset.Normalize,
            DynamicRange = DynamicRange ?? preset.DynamicRange,
            Subtitles = Subtitles ?? preset.Subtitles,
        };
    }

    public JobRequest ToWords() =>
        new()
        {
            Format = Format,
            Quality = Quality,
            AudioOnly = AudioOnly ?? false,
            IncludeThumbnail = IncludeThumbnail ?? false,
            FormatSelector = FormatSelector,
            OutputFilename = OutputFilename,
            VideoCodec = VideoCodec,
            AudioCodec = AudioCodec,
            Clip = Clip,
            AudioLanguage = AudioLanguage,
            Normalize = Normalize,
            DynamicRange = DynamicRange,
            Subtitles = Subtitles,
        };
}
