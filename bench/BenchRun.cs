using System.Globalization;
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
    public bool Profile { get; init; }
    public Uri? MeTube { get; init; }
    public string? MeTubeDownloads { get; init; }

    /// <summary>The <c>api</c> folder of a cobalt that takes part.</summary>
    public string? Cobalt { get; init; }

    public async Task RunAsync(TextWriter console, CancellationToken cancellationToken)
    {
        await using var lab = await LabInternet.StartAsync(new LabOptions(), cancellationToken);
        using var folder = new ScratchFolder();
        await using var service = await DecantService.StartAsync(Program, folder.Path, cancellationToken);
        if (Profile)
        {
            var works = Work.All(Film).Where(work => Matches(work.Name, Only));
            await console.WriteLineAsync(
                await new ProfileBench(lab, service, Rounds, folder.Path).RunAsync(works, cancellationToken)
            );
            return;
        }
        using var metube = MeTube is { } address ? new MeTube(address, MeTubeDownloads ?? ".") : null;
        var download = new DecantDownload(service);
        IContestant[] contestants =
        [
            new YtDlpCommand(tuned: false),
            new YtDlpCommand(tuned: true),
            new DecantCommand(Program),
            download,
            .. metube is null ? (IContestant[])[] : [metube],
        ];
        var measured = new StringBuilder(Report.Of(this, await Machine.DescribeAsync(cancellationToken)));
        await using (var memory = new MemoryWatch(service.ProcessId))
        {
            var bench = new MediaBench(lab, contestants, Rounds, Patience, folder.Path, console);
            var works = Work.All(Film).Where(work => Matches(work.Name, Only)).ToList();
            await download.WarmUpAsync(lab.Origin, cancellationToken);
            foreach (var wire in Media.Wire.All.Where(wire => works.Count > 0 && Matches(wire.Name, Wire)))
            {
                var table = await bench.RunAsync(wire, works, cancellationToken);
                measured.AppendLine(Report.Of(table, contestants));
                if (await WritePictureAsync(table, contestants, cancellationToken) is { } picture)
                {
                    measured.AppendLine(CultureInfo.InvariantCulture, $"![{wire.Name}]({picture})").AppendLine();
                }
                await WriteAsync(measured, cancellationToken);
            }
            if (Only is null or "api")
            {
                var calls = await new ApiBench(lab, service, ApiLength).RunAsync(cancellationToken);
                measured.AppendLine(Report.Of(calls));
                await console.WriteLineAsync(Report.Of(calls));
                await WriteAsync(measured, cancellationToken);
            }
            if (Only is not "memory")
            {
                measured.AppendLine(Report.Of(memory));
                await console.WriteLineAsync(Report.Of(memory));
            }
        }
        var pages = Work.Platforms.Where(work => Wire is null && Matches(work.Name, Only)).ToList();
        if (pages.Count > 0)
        {
            var table = await new PlatformBench(lab, Program, folder.Path).RunAsync(
                pages,
                Cobalt,
                Rounds,
                Patience,
                cancellationToken
            );
            measured.AppendLine(Report.Of(table));
            await console.WriteLineAsync(Report.Of(table));
            await WriteAsync(measured, cancellationToken);
        }
        if (Only is null or "memory")
        {
            var rows = await new MemoryBench(lab, Program, folder.Path).RunAsync(cancellationToken);
            measured.AppendLine(Report.Of(rows));
            await console.WriteLineAsync(Report.Of(rows));
        }
        await WriteAsync(measured, cancellationToken);
    }

    /// <summary>After each part: a run takes long, and one that is broken off has measured something too.</summary>
    private Task WriteAsync(StringBuilder measured, CancellationToken cancellationToken) =>
        Write is { } path ? Report.WriteAsync(path, measured.ToString(), cancellationToken) : Task.CompletedTask;

    private static bool Matches(string name, string? word) =>
        word is null || name.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Beside the report, named after the origin's rate.</summary>
    /// <returns>Its name.</returns>
    private async Task<string?> WritePictureAsync(
        Table table,
        IReadOnlyList<IContestant> contestants,
        CancellationToken cancellationToken
    )
    {
        if (Write is null)
        {
            return null;
        }
        var path = Path.ChangeExtension(Write, null) + $"-{table.Wire.Rate / 1_000_000}.svg";
        await File.WriteAllTextAsync(path, Picture.Of(table, contestants), cancellationToken);
        return Path.GetFileName(path);
    }
}
