using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>
/// Tags with several values, which ffmpeg writes as one: it is given a joint between two that is as long as what stands between them in the
/// container, and the joint is replaced in place (ADR 0037).
/// </summary>
internal static class SeveralValues
{
    /// <summary>A control character, which no value has.</summary>
    public const char Mark = '\u0001';

    /// <summary>The plan's tags as ffmpeg is to be told them.</summary>
    public static IEnumerable<Tag> Spelt(ConversionPlan plan) =>
        plan.Container.HasAtoms ? Mp4Atoms.Spelt(plan) : Id3Frames.Spelt(plan);

    /// <summary>The text that stands between two values of one name.</summary>
    public static string Joint(Container container, string name) =>
        new(
            Mark,
            container.HasVorbisComments ? VorbisComments.JointLength(name)
                : container.HasAtoms ? Mp4Atoms.JointLength
                : 1
        );

    /// <summary>Tags of which the plan has several values.</summary>
    public static IReadOnlyList<string> Names(ConversionPlan plan) =>
        [.. plan.Tags.GroupBy(tag => tag.Name).Where(tags => tags.Count() > 1).Select(tags => tags.Key)];

    /// <summary>Replaces the joints in a file that ffmpeg has made.</summary>
    public static async Task SplitAsync(ConversionPlan plan, string path, CancellationToken cancellationToken)
    {
        if (plan.Container.HasId3)
            await Id3Frames.RenameAsync(plan, path, cancellationToken);
        else if (plan.Container.HasAtoms)
            await Mp4Atoms.RewriteAsync(plan, path, cancellationToken);
        else if (plan.Container.HasVorbisComments && Names(plan) is { Count: > 0 } names)
            await VorbisComments.SplitAsync(plan, names, path, cancellationToken);
    }
}
