using Decant.Engine.Planning;

namespace Decant.Server.Jobs.Requests;

/// <summary>A download's request, in the wire's words.</summary>
internal sealed record JobRequest
{
    public string? Format { get; init; }
    public string? Quality { get; init; }
    public bool AudioOnly { get; init; }
    public bool IncludeThumbnail { get; init; }
    public string? FormatSelector { get; init; }
    public string? OutputFilename { get; init; }
    public string? VideoCodec { get; init; }
    public string? AudioCodec { get; init; }
    public ClipRequest? Clip { get; init; }
    public string? AudioLanguage { get; init; }
    public double? Normalize { get; init; }
    public string? DynamicRange { get; init; }
    public OneOffWebhook? Webhook { get; init; }

    /// <summary>Real source of the sound; null where that is the page that was asked for.</summary>
    public Matched? Matched { get; init; }
    public SubtitlesRequest? Subtitles { get; init; }

    /// <summary>Recording of the live stream; null for a medium that has an end.</summary>
    public RecordingWish? Recording { get; init; }

    /// <summary>Beginning of the clip that was made; null until then.</summary>
    public CutPoint? CutAt { get; init; }

    /// <summary>The better quality that the source has no more; null where the best was had.</summary>
    public string? FellBackFrom { get; init; }
}
