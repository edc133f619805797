using System.Diagnostics;
using System.Globalization;

namespace Decant.Bench;

/// <summary>Lets contestants take turns, so that whatever else the machine does falls on all of them.</summary>
internal static class Rounds
{
    private const int Count = 5;

    /// <summary>Length that every result must have, in seconds, give or take half a one.</summary>
    private const double Length = 10;

    /// <returns>Median seconds of each.</returns>
    public static async Task<double[]> RunAsync(
        IContestant[] contestants,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var seconds = contestants.Select(_ => new List<double>()).ToArray();

        // The round before the first warms the disk's cache and the service, and does not count.
        for (var round = 0; round <= Count; round++)
        {
            for (var index = 0; index < contestants.Length; index++)
            {
                var own = Directory.CreateDirectory(Path.Combine(folder, $"{Guid.NewGuid():n}")).FullName;
                var started = Stopwatch.GetTimestamp();
                var file = await contestants[index].GetAsync(own, cancellationToken);
                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                await EnsureWholeAsync(file, cancellationToken);
                Directory.Delete(own, recursive: true);
                if (round > 0)
                {
                    seconds[index].Add(took);
                }
            }
        }

        return [.. seconds.Select(list => list.Order().ElementAt(Count / 2))];
    }

    /// <summary>A quick wrong answer is no result.</summary>
    private static async Task EnsureWholeAsync(string file, CancellationToken cancellationToken)
    {
        var probe = await Command.RunAsync(
            "ffprobe",
            ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file],
            cancellationToken
        );
        if (Math.Abs(double.Parse(probe, CultureInfo.InvariantCulture) - Length) > 0.5)
        {
            throw new InvalidOperationException($"'{file}' is {probe.Trim()} s long, not {Length}.");
        }
    }
}
