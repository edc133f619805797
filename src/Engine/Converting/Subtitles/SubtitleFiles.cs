using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Converting.Subtitles;

/// <summary>Writes subtitles as files: for ffmpeg to take into the medium, or to be delivered beside it.</summary>
internal static class SubtitleFiles
{
    /// <summary>Offset of subtitles too small to be seen; a last frame that runs over is no lead.</summary>
    private static readonly TimeSpan Unseen = TimeSpan.FromMilliseconds(200);

    /// <summary>SubRip for each of the plan's subtitle streams.</summary>
    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="subtitles">Text of the subtitles, in the plan's order.</param>
    /// <param name="directory">Directory to write to.</param>
    /// <param name="cancellationToken">Token that ends the writing.</param>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ConversionPlan plan,
        IReadOnlyList<Subtitle> subtitles,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var paths = new List<string>(plan.Subtitles.Count);
        foreach (var (index, subtitle) in subtitles.Take(plan.Subtitles.Count).Index())
        {
            var cues = Cue.Within(subtitle.Cues, plan.Cut?.Start ?? TimeSpan.Zero, plan.Cut?.Length);
            var path = Path.Combine(directory, $"embed-{index}.srt");
            await File.WriteAllTextAsync(path, CueWriter.Write(cues, SubtitleFormat.Srt), cancellationToken);
            paths.Add(path);
        }
        return paths;
    }

    /// <summary>A file for each language, in step with the medium that was made.</summary>
    /// <param name="plan">Plan by which the medium was made.</param>
    /// <param name="media">Medium that the subtitles are for.</param>
    /// <param name="subtitles">Text of the subtitles.</param>
    /// <param name="format">Format to write.</param>
    /// <param name="directory">Directory to write to.</param>
    /// <param name="cancellationToken">Token that ends the writing.</param>
    public static async Task<IReadOnlyList<MadeSubtitle>> WriteBesideAsync(
        ConversionPlan plan,
        ProbedMedia media,
        IReadOnlyList<Subtitle> subtitles,
        SubtitleFormat format,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var (start, length) = PartOf(plan, media);
        var made = new List<MadeSubtitle>(subtitles.Count);
        foreach (var (index, subtitle) in subtitles.Index())
        {
            var path = Path.Combine(directory, $"subtitles-{index}.{(format == SubtitleFormat.Srt ? "srt" : "vtt")}");
            await File.WriteAllTextAsync(
                path,
                CueWriter.Write(Cue.Within(subtitle.Cues, start, length), format),
                cancellationToken
            );
            made.Add(new MadeSubtitle(subtitle.Source.Language, subtitle.Source.IsAutomatic, path, format));
        }
        return made;
    }

    /// <summary>Part of the medium that the file plays. A clip cut at a key frame begins earlier than was asked, by as much as it is longer.</summary>
    private static (TimeSpan Start, TimeSpan? Length) PartOf(ConversionPlan plan, ProbedMedia media)
    {
        if (plan.Cut is not { } cut)
            return (TimeSpan.Zero, null);
        var lead = media.Played - plan.Promise.Duration;
        return cut.At == CutPoint.Keyframe && lead is { } early && early > Unseen && early <= cut.Start
            ? (cut.Start - early, cut.Length + early)
            : (cut.Start, cut.Length);
    }
}
