namespace Decant.Engine.Converting;

/// <summary>What ffprobe found in a file.</summary>
internal sealed record ProbedMedia
{
    /// <summary>ffprobe's <c>format_name</c>, such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public required string FormatName { get; init; }
    public TimeSpan? Duration { get; init; }
    public long? Size { get; init; }
    public required IReadOnlyList<ProbedStream> Streams { get; init; }

    public ProbedStream? Video => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.Video);
    public ProbedStream? Audio => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.Audio);
}

internal enum StreamKind
{
    Video,
    Audio,
    Subtitle,
    CoverArt,
    Other,
}

internal sealed record ProbedStream
{
    public required int Index { get; init; }
    public required StreamKind Kind { get; init; }

    /// <summary>ffmpeg's codec name; empty when ffprobe could not tell.</summary>
    public required string Codec { get; init; }
    public string? Profile { get; init; }
    public string? PixelFormat { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>Clockwise degrees a player must turn the picture (0, 90, 180, 270).</summary>
    public int Rotation { get; init; }
    public double? FramesPerSecond { get; init; }
    public string? ColorTransfer { get; init; }
    public int? SampleRate { get; init; }
    public int? Channels { get; init; }
    public long? Bitrate { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>Packets read, where they were counted.</summary>
    public long? Packets { get; init; }
}
