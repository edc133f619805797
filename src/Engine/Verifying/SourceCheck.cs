using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Verifying;

/// <summary>Check of each stream of a file against what its source has, from the first packet to the last. ADR 0034. Pure.</summary>
internal static class SourceCheck
{
    /// <summary>Seconds: the last frame of a slide show has no end in some containers, and encoders pad.</summary>
    private const double Second = 1;

    /// <summary>Tolerance of a length that a container says: clocks of milliseconds add up to that.</summary>
    private const double OfContainer = 0.005;

    /// <summary>Tolerance of a length that a playlist says: some round every segment to a second.</summary>
    private const double OfPlaylist = 0.02;

    /// <summary>A picture can be shown from its first key frame on; groups of pictures are at most so long in what people make.</summary>
    private static readonly TimeSpan LongestGroup = TimeSpan.FromSeconds(20);

    private const double UsualFrameRate = 60;

    /// <summary>Encoders of pictures may leave out or repeat such as have the same time.</summary>
    private const double LeastOfPictures = 0.5;

    /// <summary>A sound that changes its rate on the way is counted in samples of both.</summary>
    private const double LeastOfSamples = 0.9;

    /// <summary>FLAC's encoder ends with an empty packet that only brings its new header.</summary>
    private const int PacketsWithoutMedia = 1;

    /// <summary>Samples in a container of plain PCM are cut into packets as its reader likes.</summary>
    private const string Plain = "pcm_";

    /// <returns>Null where nothing is missing.</returns>
    public static Fault? Breach(ProbedMedia made, ConversionPlan plan, ConversionReport report) =>
        plan
            .Streams.Select((stream, index) => CountFault(stream, StreamOf(made, stream), report, index, plan.IsWhole))
            .Concat(plan.Streams.Select(stream => LengthFault(stream, made, plan)))
            .FirstOrDefault(fault => fault is not null);

    /// <summary>True where no packet was read of anything that was asked for.</summary>
    public static bool IsEmpty(ConversionPlan plan, ConversionReport report) =>
        plan.Streams.All(stream =>
            report.Read.TryGetValue((stream.Input, stream.Index), out var read) && read.Packets == 0
        );

    /// <summary>Whether a length is another by no more than a container's word is inexact.</summary>
    public static bool IsShort(TimeSpan played, TimeSpan expected, bool isOfSegments) =>
        (expected - played).TotalSeconds
        > Math.Max(Second, expected.TotalSeconds * (isOfSegments ? OfPlaylist : OfContainer));

    /// <summary>Packets read are packets written, and packets that are there.</summary>
    private static Fault? CountFault(
        PlannedStream planned,
        ProbedStream made,
        ConversionReport report,
        int index,
        bool isWhole
    )
    {
        if (!report.Written.TryGetValue(index, out var written))
            return null;
        var (name, there) = (NameOf(planned), made.Packets!);
        if (
            !made.Codec.StartsWith(Plain, StringComparison.Ordinal)
            && there.Count < written.Packets - PacketsWithoutMedia
        )
            return new Fault($"its {name} has {there.Count} packets of {written.Packets}", IsOfSource: false);
        // What lies outside a clip is read, too.
        if (!isWhole || !report.Read.TryGetValue((planned.Input, planned.Index), out var read))
            return null;
        var isMissing = planned.Treatment switch
        {
            CopyStream { IsVideo: true } => read.Packets - written.Packets
                > LongestGroup.TotalSeconds * (planned.SourceFrameRate ?? UsualFrameRate),
            CopyStream => written.Packets < read.Packets,
            EncodeVideo => written.Frames < read.Frames * LeastOfPictures,
            EncodeAudio sound => written.Samples / (double?)(sound.SampleRate ?? planned.SourceRate)
                < read.Samples * LeastOfSamples / planned.SourceRate - Second,
            _ => false,
        };
        return isMissing
            ? new Fault(
                $"of its {name} {written.Packets} packets were written where {read.Packets} were read",
                IsOfSource: false
            )
            : null;
    }

    private static Fault? LengthFault(PlannedStream planned, ProbedMedia made, ConversionPlan plan)
    {
        if (planned.Length is not { } length)
            return null;
        var stream = StreamOf(made, planned).Packets!;
        // Of a clock that all streams share a container says the end, of a stream's own clock the length.
        var (played, reached) = length.IsShared
            ? (made.Played, made.Played)
            : (stream.End - (stream.Start > TimeSpan.Zero ? stream.Start : TimeSpan.Zero), stream.End);
        var name = length.IsShared ? "it" : $"its {NameOf(planned)}";
        var text = $"{name} plays {Seconds(played)} s of {Seconds(length.Value)} s";
        if (IsShort(played, length.Value, length.IsOfSegments) && IsShort(reached, length.Value, length.IsOfSegments))
            return new Fault(text, IsOfSource: true);
        var most = length.Value + plan.Promise.LongestLead;
        var isFilled = !IsShort(stream.Sum, played, length.IsOfSegments);
        // A word that is too modest is no fault of the media; a clock that jumps is.
        return IsShort(most, played, length.IsOfSegments) && !isFilled ? new Fault(text, IsOfSource: false) : null;
    }

    private static ProbedStream StreamOf(ProbedMedia made, PlannedStream planned) =>
        IsPicture(planned) ? made.Video! : made.Audio!;

    private static bool IsPicture(PlannedStream planned) =>
        planned.Treatment is EncodeVideo or CopyStream { IsVideo: true };

    private static string NameOf(PlannedStream planned) => IsPicture(planned) ? "picture" : "sound";

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.0}");
}

/// <param name="Text">Text of the fault, to follow a colon.</param>
/// <param name="IsOfSource">The source holds less than it says itself; else it was lost here.</param>
internal sealed record Fault(string Text, bool IsOfSource);
