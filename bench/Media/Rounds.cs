using System.Diagnostics;
using System.Globalization;

namespace Decant.Bench.Media;

/// <summary>Lets contestants take turns, so that whatever else the machine does falls on all of them.</summary>
internal static class Rounds
{
    /// <param name="contestants">Contestants in the order of the table.</param>
    /// <param name="work">Work to do.</param>
    /// <param name="origin">The lab's, paced.</param>
    /// <param name="rounds">Most rounds.</param>
    /// <param name="patience">Time after which there is no further round.</param>
    /// <param name="folder">Folder for what is made.</param>
    /// <param name="cancellationToken">Token that ends it.</param>
    /// <returns>Median seconds of each, null for one that does not take such work; and how often it was.</returns>
    public static async Task<(double?[] Seconds, int Rounds)> RunAsync(
        IReadOnlyList<IContestant> contestants,
        Work work,
        Uri origin,
        int rounds,
        TimeSpan patience,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var seconds = contestants.Select(_ => new List<double>()).ToArray();
        var started = Stopwatch.GetTimestamp();
        var round = 0;
        for (; round < rounds && (round == 0 || Stopwatch.GetElapsedTime(started) < patience); round++)
        {
            for (var index = 0; index < contestants.Count; index++)
            {
                if (contestants[index].Takes(work))
                {
                    var media = work.Addresses(origin, $"{Guid.NewGuid():n}");
                    seconds[index].Add(await TimeAsync(contestants[index], work, media, folder, cancellationToken));
                }
            }
        }

        return ([.. seconds.Select(Median)], round);
    }

    public static double? Median(List<double> values) =>
        values.Count == 0 ? null : values.Order().ElementAt(values.Count / 2);

    private static async Task<double> TimeAsync(
        IContestant contestant,
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{Guid.NewGuid():n}")).FullName;
        var started = Stopwatch.GetTimestamp();
        var files = await contestant.GetAsync(work, media, own, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (contestant is DecantDownload download)
        {
            await download.FetchAsync(cancellationToken);
        }

        if (files.Count != media.Count)
        {
            throw new InvalidOperationException($"{contestant.Name} made {files.Count} of {media.Count} files.");
        }

        foreach (var file in files)
        {
            await EnsureWholeAsync(file, work, cancellationToken);
        }

        Directory.Delete(own, recursive: true);
        return took;
    }

    /// <summary>A quick wrong answer is no result.</summary>
    private static async Task EnsureWholeAsync(string file, Work work, CancellationToken cancellationToken)
    {
        var probe = await Command.RunAsync(
            "ffprobe",
            ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file],
            cancellationToken
        );
        if (Math.Abs(double.Parse(probe, CultureInfo.InvariantCulture) - work.Seconds) > 0.5)
        {
            throw new InvalidOperationException($"'{file}' is {probe.Trim()} s long, not {work.Seconds}.");
        }
    }
}
