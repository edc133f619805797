namespace Decant.Engine.Tests.Corpus;

/// <summary>A made file against its source, both decoded to their ends.</summary>
internal static class Comparison
{
    /// <summary>Priming, padding and the last frame, of which containers say different things.</summary>
    private const double Slack = 0.25;

    /// <summary>Pictures before the first key frame cannot be shown, and are not copied.</summary>
    private const double LongestGroup = 12;

    /// <summary>Lips and voice part for most people above 40 ms; half of that, and a frame of sound.</summary>
    private const double Sync = 0.02 + 0.03;

    /// <returns>What is wrong; null where the file is all that its source has.</returns>
    public static string? Fault(
        IReadOnlyList<DecodedStream> source,
        IReadOnlyList<DecodedStream> made,
        bool soundAlone,
        Copied picture
    )
    {
        foreach (var there in source.Where(stream => !soundAlone || !stream.IsVideo))
        {
            if (made.FirstOrDefault(stream => stream.IsVideo == there.IsVideo) is not { } came)
                return $"missing: {there}";
            var lost = there.Seconds - came.Seconds;
            // Pictures that all came are shown as long as their container says, which some say of none.
            var allCame = there.IsVideo && came.Frames.Count == there.Frames.Count;
            if (
                !allCame
                && lost > Slack + (there.IsVideo && picture != Copied.No ? LongestGroup : there.Seconds * 0.002)
            )
                return $"shorter: {came} of {there}";
            // Without a picture to keep in step with, a hole between sounds (a clock that jumps) may be closed.
            var hasCompany = !soundAlone && source.Count > 1;
            var free = there.IsVideo ? LongestGroup : 0;
            if (hasCompany && there.End - there.Start - (came.End - came.Start) > Slack + free)
                return $"ends early: {came} of {there}";
            if (there.IsVideo && picture == Copied.Perhaps && !IsTail(came.Frames, there.Frames))
                return $"other pictures: {came} of {there}";
        }
        return soundAlone ? null : Parted(source, made);
    }

    /// <summary>A copied picture is the source's from its first key frame to its end; of one that was encoded to its own codec no frame is the same.</summary>
    private static bool IsTail(IReadOnlyList<string> made, IReadOnlyList<string> source) =>
        !made.Intersect(source).Any()
        || made.Count <= source.Count && made.SequenceEqual(source.Skip(source.Count - made.Count));

    private static string? Parted(IReadOnlyList<DecodedStream> source, IReadOnlyList<DecodedStream> made)
    {
        if (
            source is not [{ IsVideo: true } picture, { IsVideo: false } sound]
            || made is not [{ IsVideo: true } madePicture, { IsVideo: false } madeSound]
        )
            return null;
        // By the ends: a copied picture may begin later than its source's.
        var apart = Math.Abs(sound.End - picture.End - (madeSound.End - madePicture.End));
        var begun = Math.Abs(sound.Start - picture.Start - (madeSound.Start - madePicture.Start));
        return Math.Min(apart, begun) > Sync
            ? FormattableString.Invariant($"sound and picture {Math.Min(apart, begun):0.000} s apart")
            : null;
    }
}

/// <summary>Verdict on the pictures of a made file.</summary>
internal enum Copied
{
    /// <summary>They were encoded.</summary>
    No,

    /// <summary>They have the source's codec: each is the source's, or none is.</summary>
    Perhaps,

    /// <summary>They are the source's, coded as they were. Damaged ones are decoded to what a decoder makes of them, and not each time to the same.</summary>
    BitByBit,
}
