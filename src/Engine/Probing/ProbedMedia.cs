using Decant.Engine.Planning;

namespace Decant.Engine.Probing;

/// <summary>ffprobe's report of a file.</summary>
internal sealed record ProbedMedia
{
    /// <summary>ffprobe's <c>format_name</c>, such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public required string FormatName { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>The time at which its first stream begins, on the file's own clock.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Time of its first sample on the clock that an HLS presentation's streams share, of a file that has no clock itself.</summary>
    public TimeSpan? StreamTime { get; init; }

    /// <summary>Beginning on a clock that other files may be on, too; null where it tells no time.</summary>
    public TimeSpan? ClockStart => StreamTime ?? (ClockReach.Of(this) > TimeSpan.Zero ? Start : null);

    /// <summary>The file says no duration; ffprobe guessed one from size and bit rate.</summary>
    public bool DurationIsEstimate { get; init; }

    /// <summary>Playing time by the playlist of its segments; null for a file. Each segment's own header knows nothing of the others.</summary>
    public TimeSpan? PlaylistDuration { get; init; }
    public long? Size { get; init; }
    public required IReadOnlyList<ProbedStream> Streams { get; init; }

    /// <summary>Tags of the whole (<see cref="Ffprobe.TagNames"/>), by ffmpeg's names for them in either case.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>True where a sound is announced of which nothing has come by now.</summary>
    public bool HasUnheard => Streams.Any(stream => stream.IsUnheard);

    public ProbedStream? Video => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.Video);
    public ProbedStream? Audio => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.Audio);

    public ProbedStream? Cover => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.CoverArt);

    /// <summary>Playing time by its packets: headers can say anything.</summary>
    public TimeSpan Played
    {
        get
        {
            var read = Streams
                .Where(stream => stream.Kind is StreamKind.Video or StreamKind.Audio)
                .Select(stream => stream.Packets)
                .OfType<ReadPackets>()
                .ToList();
            if (read.Count == 0)
                return TimeSpan.Zero;
            // Packets before zero are an encoder's priming, which is not played.
            var start = read.Min(packets => packets.Start);
            return read.Max(packets => packets.End) - (start > TimeSpan.Zero ? start : TimeSpan.Zero);
        }
    }

    /// <summary>The same of a stream whose own word on its length is not worth much: only its beginning was there, or its clock begins anew on the way.</summary>
    /// <param name="duration">Playing time, where something else says so.</param>
    public ProbedMedia OfStream(TimeSpan? duration) =>
        this with
        {
            Duration = duration,
            DurationIsEstimate = false,
            Size = null,
            Streams = [.. Streams.Select(stream => stream with { Duration = null })],
        };

    /// <summary>The sound in a language where one is in the file; of several the one that the file flags as default, and no commentary or description before it.</summary>
    public ProbedStream? AudioIn(string? language)
    {
        var sounds = Streams
            .Where(stream => stream.Kind == StreamKind.Audio)
            .OrderBy(stream => stream.IsAside)
            .ThenBy(stream => !stream.IsDefault)
            .ToList();
        return (language is null ? null : sounds.Find(sound => LanguageTag.Matches(sound.Language, language)))
            ?? sounds.FirstOrDefault();
    }
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

    /// <summary>True where packets have no times, and cannot be copied into a container that needs some.</summary>
    public bool LacksTimes { get; init; }
    public int? SampleRate { get; init; }
    public int? Channels { get; init; }

    /// <summary>A sound that was announced, and of which no frame was found that says how it is to be played.</summary>
    public bool IsUnheard => Kind == StreamKind.Audio && SampleRate is null or 0 && Channels is null or 0;

    /// <summary>The file does not say which channel is which; encoders want to be told.</summary>
    public bool LacksLayout { get; init; }

    /// <summary>True where samples are encrypted, whatever the manifest says of that.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The file means it to be played where nobody chooses.</summary>
    public bool IsDefault { get; init; }

    /// <summary>A commentary, or a description for people who do not see the picture.</summary>
    public bool IsAside { get; init; }

    /// <summary>ffmpeg's name of the channels' places; null where it does not know them.</summary>
    public string? ChannelLayout { get; init; }

    /// <summary>Checksum of the parameters that its decoder begins with; null where the file was not read to its end, or has none.</summary>
    public string? HeaderHash { get; init; }

    /// <summary>Bits of a decoded sample that mean something; null for a lossy codec.</summary>
    public int? BitsPerSample { get; init; }
    public long? Bitrate { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>Language as the file tags it, usually three letters (ISO 639-2); null where it does not say.</summary>
    public string? Language { get; init; }

    /// <summary>Packets found by reading the file to its end; null where it was not read.</summary>
    public ReadPackets? Packets { get; init; }
}

/// <param name="Count">Packets of the stream.</param>
/// <param name="Start">Time at which the first begins.</param>
/// <param name="End">Time at which the last ends.</param>
internal sealed record ReadPackets(long Count, TimeSpan Start, TimeSpan End)
{
    /// <summary>Bytes of all packets together.</summary>
    public long Bytes { get; init; }

    /// <summary>Playing time of the packets one after the other; less than from start to end where there is a gap.</summary>
    public TimeSpan Sum { get; init; }
}
