using System.Text.Json;
using Decant.Engine.Fetching.Dash;
using Decant.Engine.Probing;

namespace Decant.Engine.Sources;

/// <summary>Rendition that a site offers: a file or a manifest holding video, audio or both.</summary>
public sealed record SourceFormat
{
    /// <summary>The extractor's identifier, which a <c>format_selector</c> may name.</summary>
    public required string Id { get; init; }
    public required Uri Url { get; init; }
    public required FetchProtocol Protocol { get; init; }

    /// <summary>File name extension of the source's container: <c>mp4</c>, <c>webm</c>, <c>m4a</c> …</summary>
    public required string Extension { get; init; }

    /// <summary>Codec family in ffmpeg's words (<c>h264</c>, <c>hevc</c>, <c>vp9</c>, <c>av1</c> …); null when there is no video, or (see <see cref="CodecsKnown"/>) when unknown.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec family in ffmpeg's words (<c>aac</c>, <c>opus</c>, <c>mp3</c>, <c>vorbis</c>, <c>flac</c> …); null likewise.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>False where the site did not say what is inside; only a probe can tell. Null codecs then mean "unknown".</summary>
    public bool CodecsKnown { get; init; } = true;
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? FramesPerSecond { get; init; }

    /// <summary><c>SDR</c>, <c>HDR10</c>, <c>HLG</c>, <c>DV</c> … as the site says it.</summary>
    public string? DynamicRange { get; init; }

    /// <summary>Bits per second of the audio, where known.</summary>
    public long? AudioBitrate { get; init; }

    /// <summary>Bits per second of everything in the rendition, where known.</summary>
    public long? TotalBitrate { get; init; }
    public int? SampleRate { get; init; }
    public int? Channels { get; init; }

    /// <summary>BCP 47 language of the audio, where the site says it.</summary>
    public string? Language { get; init; }

    /// <summary>Languages of the sound: the site's word, and what the file's streams say where one was looked into.</summary>
    public IEnumerable<string> AudioLanguages =>
        (Probe?.Streams ?? [])
            .Where(stream => stream.Kind == StreamKind.Audio)
            .Select(stream => stream.Language)
            .Prepend(Language)
            .OfType<string>()
            .Distinct();

    /// <summary>The site's own order of preference between languages and alternatives; higher is better.</summary>
    public int? LanguagePreference { get; init; }

    /// <summary>Size in bytes: as the site states it, or computed from bit rate and duration (<see cref="SizeIsEstimate"/>).</summary>
    public long? Size { get; init; }
    public bool SizeIsEstimate { get; init; }

    /// <summary>Request headers the origin wants (user agent, referer).</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Duration of each fragment, for a live stream whose fragments are numbered from its beginning (<c>&amp;sq=0</c>).</summary>
    public TimeSpan? FragmentDuration { get; init; }

    /// <summary>The extractor's own record of this format, handed back to its downloader for odd protocols.</summary>
    internal JsonElement Raw { get; init; }

    /// <summary>Rendition of its DASH manifest; null for a format that has none.</summary>
    internal DashRendition? Dash { get; init; }

    /// <summary>Time on the clock of its media at which its DASH period begins (<c>presentationTimeOffset</c>); null where it is in several periods, or in none.</summary>
    internal TimeSpan? PeriodBegins { get; init; }

    /// <summary>Validator of this state of the file, the origin's <c>ETag</c> or else its date, where the file was probed.</summary>
    internal string? Version { get; init; }

    /// <summary>Report of a probe of the file itself, where one was made.</summary>
    internal ProbedMedia? Probe { get; init; }

    /// <summary>The site says that there is no picture, whatever else it leaves open.</summary>
    public bool VideoAbsent { get; init; }

    /// <summary>The site says that there is no sound.</summary>
    public bool AudioAbsent { get; init; }

    public bool MayHaveVideo => VideoCodec is not null || !(CodecsKnown || VideoAbsent);
    public bool MayHaveAudio => AudioCodec is not null || !(CodecsKnown || AudioAbsent);
}

/// <summary>Protocol by which a rendition's bytes are fetched.</summary>
public enum FetchProtocol
{
    /// <summary>A single file over HTTP.</summary>
    Http,

    /// <summary>An HLS playlist of segments.</summary>
    Hls,

    /// <summary>DASH: a list of fragments.</summary>
    Dash,

    /// <summary>Anything else; only the extractor's own downloader knows how.</summary>
    Other,
}
