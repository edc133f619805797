using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Verifying;

/// <summary>A page's word on the length, against what its files turned out to have. Pure.</summary>
internal static class AnnouncedLength
{
    /// <summary>A file is whole that has all bytes its server says and all packets it says itself: then a page that says more is wrong.</summary>
    /// <param name="plan">Plan of the fetch.</param>
    /// <param name="conversion">Plan of the conversion.</param>
    /// <param name="made">Medium that came out.</param>
    /// <param name="sources">Sources that were fetched.</param>
    /// <returns>What the page says where that is more than there is; null where it is right.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where a source that is shorter may have been cut.</exception>
    public static TimeSpan? ThatIsWrong(
        ExtractionPlan plan,
        ConversionPlan conversion,
        ProbedMedia made,
        IReadOnlyList<ReadableSource> sources
    )
    {
        // The page's word may be what a look into the file found, or guessed.
        if (plan.Info.Duration is not { } announced || plan.Sources.Any(source => source.Probe?.Duration == announced))
            return null;
        var expected = plan.Request.Clip is { } clip ? clip.LengthOf(announced) ?? announced : announced;
        var inputs = conversion.Streams.GroupBy(stream => stream.Input, stream => PlayedOf(stream, made)).ToList();
        var shortest = inputs.Where(input => SourceCheck.IsShort(input.Max(), expected, isOfSegments: true)).ToList();
        if (shortest.Count == 0)
            return null;
        return shortest.Count == inputs.Count && shortest.TrueForAll(input => IsWhole(input.Key))
            ? announced
            : throw new MediaException(
                MediaError.SourceFailed,
                FormattableString.Invariant(
                    $"The source's file is broken: it holds {shortest[0].Max().TotalSeconds:0.0} s of the announced {expected.TotalSeconds:0.0} s."
                )
            );

        bool IsWhole(int input) => plan.Sources[input].Protocol == FetchProtocol.Http && !sources[input].HasNoSize;
    }

    private static TimeSpan PlayedOf(PlannedStream stream, ProbedMedia made) =>
        (stream.Treatment is EncodeVideo or CopyStream { IsVideo: true } ? made.Video : made.Audio)?.Packets?.End
        ?? TimeSpan.Zero;
}
