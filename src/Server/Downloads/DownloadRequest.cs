using Decant.Server.Jobs;

namespace Decant.Server.Downloads;

/// <summary>A download as a client asks for it. What is null was not said.</summary>
internal sealed record DownloadRequest
{
    /// <summary>The page or file to take the medium from.</summary>
    public string? Url { get; init; }

    /// <summary>The container to make; <c>mp4</c>, or <c>mp3</c> with <c>audio_only</c>.</summary>
    public string? Format { get; init; }

    /// <summary><c>144p</c> … <c>4K</c>, <c>64kbps</c> … <c>320kbps</c>, <c>best</c>, <c>worst</c>.</summary>
    public string? Quality { get; init; }
    public bool? AudioOnly { get; init; }
    public bool? IncludeThumbnail { get; init; }

    /// <summary><c>best</c>, <c>worst</c>, or a <c>format_id</c> of the source (two joined by <c>+</c>).</summary>
    public string? FormatSelector { get; init; }
    public string? OutputFilename { get; init; }
    public string? VideoCodec { get; init; }
    public string? AudioCodec { get; init; }

    /// <summary>Which entries of a list to take, such as <c>1-5,8</c>; the first 50 otherwise.</summary>
    public string? PlaylistItems { get; init; }

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
        };
}
