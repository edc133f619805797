using System.Text;
using Decant.Bench.Api;
using Decant.Bench.Media;
using Decant.Lab;

namespace Decant.Bench;

/// <summary>One run of the benchmark, as the command line asked for it.</summary>
internal sealed record BenchRun(string Program)
{
    private static readonly TimeSpan ApiLength = TimeSpan.FromSeconds(5);

    public int Rounds { get; init; }
    public TimeSpan Patience { get; init; }
    public int Film { get; init; }
    public string? Wire { get; init; }
    public string? Only { get; init; }
    public string? Write { get; init; }
    public Uri? MeTube { get; init; }
    public string? MeTubeDownloads { get; init; }

    public async Task RunAsync(TextWriter console, CancellationToken cancellationToken)
    {
        await using var lab = await LabInternet.StartAsync(new LabOptions(), cancellationToken);
        using var folder = new ScratchFolder();
        await using var service = await DecantService.StartAsync(Program, folder.Path, cancellationToken);
        using var metube = MeTube is { } address ? new MeTube(address, MeTubeDownloads ?? ".") : null;
        IContestant[] contestants =
        [
            new YtDlpCommand(tuned: false),
            new YtDlpCommand(tuned: true),
            new DecantCommand(Program),
            new DecantDownload(service),
            .. metube is null ? (IContestant[])[] : [metube],
        ];
        var measured = new StringBuilder();
        await using (var memory = new MemoryWatch(service.ProcessId))
        {
            var bench = new MediaBench(lab, contestants, Rounds, Patience, folder.Path, console);
            var works = Work.All(Film).Where(work => Matches(work.Name, Only)).ToList();
            foreach (var wire in Media.Wire.All.Where(wire => works.Count > 0 && Matches(wire.Name, Wire)))
            {
                var table = await bench.RunAsync(wire, works, cancellationToken);
                measured.AppendLine(Report.Of(table, contestants));
                await WritePictureAsync(table, contestants, cancellationToken);
            }
            if (Only is null or "api")
            {
                var calls = await new ApiBench(lab, service, ApiLength).RunAsync(cancellationToken);
                measured.AppendLine(Report.Of(calls));
                await console.WriteLineAsync(Report.Of(calls));
            }
            if (Only is not "memory")
            {
                measured.AppendLine(Report.Of(memory));
                await console.WriteLineAsync(Report.Of(memory));
            }
        }
        if (Only is null or "memory")
        {
            var rows = await new MemoryBench(lab, Program, folder.Path).RunAsync(cancellationToken);
            measured.AppendLine(Report.Of(rows));
            await console.WriteLineAsync(Report.Of(rows));
        }
        if (Write is { } path)
        {
            await Report.WriteAsync(path, measured.ToString(), cancellationToken);
        }
    }

    private static bool Matches(string name, string? word) =>
        word is null || name.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Beside the report, named after the origin's rate.</summary>
    private async Task WritePictureAsync(
        Table table,
        IReadOnlyList<IContestant> contestants,
        CancellationToken cancellationToken
    )
    {
        if (Write is null)
        {
            return;
        }
        var path = Path.ChangeExtension(Write, null) + $"-{table.Wire.Rate / 1_000_000}.svg";
        await File.WriteAllTextAsync(path, Picture.Of(table, contestants), cancellationToken);
    }
}
