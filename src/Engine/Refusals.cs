using System.Globalization;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>Media and plans that are refused before anything is fetched.</summary>
internal static class Refusals
{
    /// <exception cref="MediaException"><c>too_large</c>.</exception>
    public static void EnsureSize(ExtractionPlan plan, long maxBytes)
    {
        if (Math.Max(plan.EstimatedFetchBytes ?? 0, MadeBytes(plan)) is var bytes && bytes > maxBytes)
            throw new MediaException(
                MediaError.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{plan.Info.Title}\" takes {bytes} bytes in this quality and the limit is {maxBytes}. Ask for a lower quality."
                )
            )
            {
                Figures = new Dictionary<string, object?> { ["max_bytes"] = maxBytes, ["estimated_bytes"] = bytes },
            };
    }

    public static void EnsureOne(MediaInfo info)
    {
        if (info.IsPlaylist)
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{info.Title}\" is a list of {info.PlaylistCount ?? info.Entries!.Count} media. Ask for its entries one by one."
            );
    }

    public static void EnsureFile(MediaInfo info)
    {
        EnsureOne(info);
        if (info.IsLive)
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{info.Title}\" is on air now, and has no end: it can be recorded (as a recording, with a longest duration), or had when it has ended."
            );
    }

    /// <summary>Size of the file to come, as far as it can be told; the sound of a long film as wav exceeds its source many times.</summary>
    private static long MadeBytes(ExtractionPlan plan) =>
        Forecast.Of(plan) is { IsFirm: true, Bytes: { } bytes } ? bytes : 0;
}
