using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>Plans without a rendition that is gone for good: with the same at another address where the source has one, else with the next lower.</summary>
internal static class LowerRendition
{
    /// <summary>Renditions of one medium that may be gone before the medium is.</summary>
    public const int Most = 3;

    /// <param name="plan">The plan whose source is gone.</param>
    /// <param name="gone">The source's format id.</param>
    /// <param name="lower">A plan for the same streams in the same language.</param>
    /// <returns>False where formats were named, or nothing else does.</returns>
    public static bool TryPlan(ExtractionPlan plan, string gone, [NotNullWhen(true)] out ExtractionPlan? lower)
    {
        lower = null;
        var left = plan.Info.Formats.Where(format => format.Id != gone).ToList();
        if (plan.Request.Selector is FormatSelector.Named || left.Count == 0)
            return false;
        try
        {
            lower = Planner.Plan(plan.Info with { Formats = left }, plan.Request);
        }
        catch (MediaException)
        {
            // What is left cannot be made into what was asked for: the first failure stands.
            return false;
        }
        if (Shape(lower) == Shape(plan))
            return true;
        lower = null;
        return false;
    }

    /// <returns>The quality in a client's words: <c>1080p</c>, <c>128kbps</c>, else the format ids.</returns>
    public static string Name(ExtractionPlan plan)
    {
        var height = plan.Sources.Max(source => source.Height);
        var bitrate = plan.Sources.Max(source => source.AudioBitrate);
        return (height, bitrate) switch
        {
            ({ } lines, _) => string.Create(CultureInfo.InvariantCulture, $"{lines}p"),
            (_, { } bits) => string.Create(CultureInfo.InvariantCulture, $"{bits / 1000}kbps"),
            _ => string.Join('+', plan.Sources.Select(source => source.Id)),
        };
    }

    private static (bool Video, bool Audio, string? Language) Shape(ExtractionPlan plan) =>
        (
            plan.Sources.Any(source => source.MayHaveVideo),
            plan.Sources.Any(source => source.MayHaveAudio),
            plan.Sources.LastOrDefault(source => source.MayHaveAudio)?.Language
        );
}
