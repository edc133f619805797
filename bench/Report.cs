using System.Globalization;
using System.Text;
using Decant.Bench.Api;
using Decant.Bench.Media;

namespace Decant.Bench;

/// <summary>What was measured, as <c>docs/performance.md</c>. What it means is written around it by hand.</summary>
internal static class Report
{
    private const string Begin = "<!-- measured: written by `./decant bench --write` -->";
    private const string End = "<!-- end of what is measured -->";

    /// <summary>Replaces what an earlier run wrote, and nothing else.</summary>
    public static async Task WriteAsync(string path, string measured, CancellationToken cancellationToken)
    {
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : $"{Begin}\n{End}\n";
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"'{path}' has no place for what is measured: '{Begin}' … '{End}'.");
        }
        await File.WriteAllTextAsync(path, $"{text[..from]}{Begin}\n\n{measured}\n{text[to..]}", cancellationToken);
    }

    /// <summary>How and on what it was measured.</summary>
    public static string Of(BenchRun run, Machine machine) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Measured {machine.At:yyyy-MM-dd} on {machine.Cores} cores, film of {run.Film} s, up to {run.Rounds} rounds a work; load {machine.Load} before it began.
            {machine.YtDlp}; {machine.Ffmpeg}. Medians in seconds. The service had made ten small files before. Ratios count: the lab, all peers and the service share the machine.


            """
        );

    public static string Of(Table table, IReadOnlyList<IContestant> contestants)
    {
        var text = new StringBuilder($"### {table.Wire.Name}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"| work | rounds | limit | {string.Join(" | ", contestants.Select(one => one.Name))} | service / yt-dlp | service / tuned | service / limit |\n"
        );
        text.Append("|---|--:|--:|").Append(string.Concat(contestants.Select(_ => "--:|"))).Append("--:|--:|--:|\n");
        var (peer, tuned) = (IndexOf(contestants, "yt-dlp"), IndexOf(contestants, "yt-dlp, tuned"));
        var ours = IndexOf(contestants, "Decant service");
        foreach (var row in table.Rows)
        {
            var of = row.WireLimit >= row.EncoderLimit ? "wire" : "ffmpeg";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Work.Name} | {row.Rounds} | {row.Limit:0.00} {of} | ");
            text.AppendJoin(" | ", row.Seconds.Select(Text));
            text.Append(
                CultureInfo.InvariantCulture,
                $" | {Text(row.Seconds[ours] / row.Seconds[peer])} | {Text(row.Seconds[ours] / row.Seconds[tuned])} | {Text(row.Seconds[ours] / row.Limit)} |\n"
            );
        }
        return text.ToString();
    }

    public static string Of(PlatformTable table)
    {
        var (names, ours) = (
            table.Contestants,
            table.Contestants.Index().First(one => one.Item == "Decant service").Index
        );
        var peers = names.Index().Where(one => one.Index != ours).ToList();
        var text = new StringBuilder("### Pages of platforms, until the client has the file\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"| work | {string.Join(" | ", names)} | {string.Join(" | ", peers.Select(peer => $"service / {peer.Item}"))} |\n"
        );
        text.Append("|---|")
            .Append(string.Concat(names.Concat(peers.Select(peer => peer.Item)).Select(_ => "--:|")))
            .Append('\n');
        foreach (var (work, seconds) in table.Rows)
        {
            var ratios = peers.Select(peer => seconds[ours] / seconds[peer.Index]);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {work.Name} | {string.Join(" | ", seconds.Select(Text))} | {string.Join(" | ", ratios.Select(Text))} |\n"
            );
        }
        return text.ToString();
    }

    public static string Of(IReadOnlyList<Latencies> calls)
    {
        var text = new StringBuilder(
            "### The API alone\n\n| calls | a second | p50 ms | p95 ms | p99 ms |\n|---|--:|--:|--:|--:|\n"
        );
        foreach (var call in calls)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {call.Name} | {call.PerSecond:0} | {call.P50:0.0} | {call.P95:0.0} | {call.P99:0.0} |\n"
            );
        }
        return text.ToString();
    }

    public static string Of(MemoryWatch memory) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Most memory at once (RSS): server {memory.Server >> 20} MB, extractor {memory.Extractor >> 20} MB, ffmpeg and ffprobe {memory.Ffmpeg >> 20} MB.\n"
        );

    public static string Of(IReadOnlyList<MemoryRow> rows)
    {
        var text = new StringBuilder(
            "### Memory of a small and of a large download\n\n"
                + "A plain file, fetched and written again with its tags, by a service that has just started; the most each kind of process held at once (RSS).\n\n"
                + "| file | seconds | server MB | extractor MB | ffmpeg and ffprobe MB |\n|--:|--:|--:|--:|--:|\n"
        );
        foreach (var row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Size / 1_000_000} MB | {row.Seconds:0.0} | {row.Server >> 20} | {row.Extractor >> 20} | {row.Ffmpeg >> 20} |\n"
            );
        }
        return text.ToString();
    }

    private static int IndexOf(IReadOnlyList<IContestant> contestants, string name) =>
        contestants.Index().First(one => one.Item.Name.Split(" (")[0] == name).Index;

    private static string Text(double? value) =>
        value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
