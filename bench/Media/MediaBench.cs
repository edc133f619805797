using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary>Every work over every wire, by all contestants in turn.</summary>
internal sealed class MediaBench(
    LabInternet lab,
    IReadOnlyList<IContestant> contestants,
    int rounds,
    TimeSpan patience,
    string folder,
    TextWriter console
)
{
    public async Task<Table> RunAsync(Wire wire, IReadOnlyList<Work> works, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await console.WriteLineAsync($"\n{wire.Name}; median seconds of up to {rounds} round(s)");
        await console.WriteLineAsync(Line("", "limit", [.. contestants.Select(one => one.Name)]));
        foreach (var work in works.Where(work => !work.IsEncodersAlone || wire.Rate == 0))
        {
            var row = await RunAsync(wire, work, cancellationToken);
            rows.Add(row);
            await console.WriteLineAsync(Line(work.Name, Text(row.Limit), [.. row.Seconds.Select(Text)]));
        }
        return new Table(wire, rows);
    }

    private async Task<Row> RunAsync(Wire wire, Work work, CancellationToken cancellationToken)
    {
        var source = await lab.Media.GetAsync(work.Path.Split('/')[1], cancellationToken);
        var bytes = work.Count * (work.IsSegmented ? SizeOf(Path.GetDirectoryName(source.Path)!) : source.Length);
        var bare = await BareEncoder.TimeAsync(work, source.Path, folder, cancellationToken);
        if (!work.IsEncodersAlone)
        {
            // The first time reads the file from the disk.
            bare = await BareEncoder.TimeAsync(work, source.Path, folder, cancellationToken);
        }
        var (seconds, times) = await Rounds.RunAsync(
            contestants,
            work,
            wire.Of(lab.Origin),
            rounds,
            patience,
            folder,
            cancellationToken
        );
        return new Row(work, bytes, wire.Limit(bytes), bare, seconds, times);
    }

    private static long SizeOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string Line(string name, string limit, string[] cells) =>
        $"{name, -26}{limit, 8}  " + string.Concat(cells.Select(cell => $"{cell, 24}"));

    private static string Text(double? seconds) =>
        seconds is { } value ? FormattableString.Invariant($"{value:0.000}") : "-";
}
