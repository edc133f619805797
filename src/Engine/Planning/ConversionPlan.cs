using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Conversion plan: the treatment of each stream of the fetched files, and the promise that the result is verified against. Made from probes, not from the site's claims.</summary>
internal sealed record ConversionPlan
{
    public required Container Container { get; init; }

    /// <summary>The streams of the output, in order.</summary>
    public required IReadOnlyList<PlannedStream> Streams { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Subtitle streams that follow them, in order.</summary>
    public IReadOnlyList<PlannedSubtitle> Subtitles { get; init; } = [];

    /// <summary>Chapter marks in place of those of the fetched file; empty keeps the file's.</summary>
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    /// <summary>Delay of each input against the medium on the clock that they share; negative where it begins earlier, and is cut. Empty where they share none.</summary>
    public IReadOnlyList<TimeSpan> Late { get; init; } = [];

    /// <summary>Start of what is made of an input, on the input's own clock; negative where the input begins later than that.</summary>
    public TimeSpan StartIn(int input) => (Cut?.Start ?? TimeSpan.Zero) - Late.ElementAtOrDefault(input);

    /// <summary>Copies of streams begin in the middle of an input: ffmpeg has to go there, and cannot where the input has no length yet.</summary>
    public bool CopiesFromWithin(int input) =>
        StartIn(input) > TimeSpan.Zero
        && Streams.Any(stream => stream.Input == input && stream.Treatment is CopyStream);

    /// <summary>Inputs whose packets do not all have times, which copying needs.</summary>
    public IReadOnlyList<int> WithoutAllTimes { get; init; } = [];

    /// <summary>True where nothing of the sources is left out.</summary>
    public bool IsWhole => Cut is null && Late.All(late => late >= TimeSpan.Zero);

    /// <summary>The part that is made; null for the whole.</summary>
    public Cut? Cut { get; init; }
    public required OutputPromise Promise { get; init; }

    /// <summary>Bytes to leave free for the index at the head of the file; null where the media is moved to let it in.</summary>
    public long? IndexRoom { get; init; }
}

/// <param name="Input">Number of the fetched file, from 0.</param>
/// <param name="Index">The stream's index in that file.</param>
/// <param name="Treatment">Treatment of the stream.</param>
internal sealed record PlannedStream(int Input, int Index, StreamTreatment Treatment)
{
    /// <summary>Language of the sound, where the source names one.</summary>
    public string? Language { get; init; }

    /// <summary>Playing time by its own source's word, as much of it as was asked for; null where the source only lets one guess.</summary>
    public StreamLength? Length { get; init; }

    /// <summary>Samples a second (Hz) that the source has; null for a picture, or where it does not say.</summary>
    public int? SourceRate { get; init; }

    /// <summary>Pictures a second that the source has; null for a sound, or where it does not say.</summary>
    public double? SourceFrameRate { get; init; }
}

/// <summary>A source's word on the length of a stream.</summary>
/// <param name="Value">Length of the stream.</param>
/// <param name="IsShared">True for a length said of the whole source: the stream that plays longest has it.</param>
/// <param name="IsOfSegments">A playlist or manifest says it, in roundings of its own.</param>
internal sealed record StreamLength(TimeSpan Value, bool IsShared, bool IsOfSegments);

/// <param name="Codec">Codec to write them in, in ffmpeg's words.</param>
/// <param name="Language">Language they are written in.</param>
/// <param name="IsAutomatic">True for text made by a machine.</param>
internal sealed record PlannedSubtitle(string Codec, string Language, bool IsAutomatic);

/// <param name="Name">Name in ffmpeg's generic tag names.</param>
/// <param name="Value">Value for people; any text.</param>
internal sealed record Tag(string Name, string Value);

/// <summary>Promise of a plan: the properties that verification compares with a probe of the finished file.</summary>
internal sealed record OutputPromise
{
    /// <summary>The picture's codec; null for a file without one.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>The sound's codec; null for a silent file.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>The picture's size as coded, where there is one.</summary>
    public PictureSize? Picture { get; init; }

    /// <summary>The picture is not high dynamic range, whatever the source is.</summary>
    public bool StandardRange { get; init; }

    /// <summary>Bits per second that the sound stays within; null where its own content decides.</summary>
    public BitrateBand? Sound { get; init; }

    /// <summary>Longest time by which the output may begin early: a copied picture begins at a key frame.</summary>
    public TimeSpan LongestLead { get; init; }

    /// <summary>Length, about, by whoever says it; null where nobody does. The file is held to each stream's <see cref="PlannedStream.Length"/>.</summary>
    public TimeSpan? Duration { get; init; }
}

/// <param name="Start">Beginning in the medium.</param>
/// <param name="Length">Length of the part; null for all that follows.</param>
/// <param name="At">Point at which the picture really begins.</param>
internal sealed record Cut(TimeSpan Start, TimeSpan? Length, CutPoint At);

/// <summary>Bits per second, both ends included.</summary>
internal readonly record struct BitrateBand(long Least, long Most);
