using System.Diagnostics;
using System.Globalization;
using System.Text;
using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary>Works of the running service one after another, and where their processor time and bytes go. Seconds depend on who else is at work; these do not.</summary>
internal sealed class ProfileBench(LabInternet lab, DecantService service, int rounds, string folder)
{
    private const double TicksPerSecond = 100;

    /// <summary>Stages by the programs that do them, in the order of a download.</summary>
    private static readonly (string Stage, string Program)[] Stages =
    [
        ("server: queue, fetch, relay, store", ""),
        ("extractor: look-up", "python"),
        ("ffprobe: look, verify", "ffprobe"),
        ("ffmpeg: convert", "ffmpeg"),
    ];

    public async Task<string> RunAsync(IEnumerable<Work> works, CancellationToken cancellationToken)
    {
        var download = new DecantDownload(service);
        await download.WarmUpAsync(lab.Origin, cancellationToken);
        var text = new StringBuilder(
            "### Where processor time and bytes go\n\n"
                + "| work | stage | ms in user mode | ms in system mode | MB read | MB written | MB to disk |\n"
                + "|---|---|--:|--:|--:|--:|--:|\n"
        );
        foreach (var work in works)
        {
            // The lab may make its media only now, and the first time reads the file from the disk.
            await DoAsync(download, work, cancellationToken);
            var before = Spent();
            var began = Stopwatch.GetTimestamp();
            for (var round = 0; round < rounds; round++)
            {
                await DoAsync(download, work, cancellationToken);
            }
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds / rounds;
            var (name, after) = ($"{work.Name} ({seconds.ToString("0.00", CultureInfo.InvariantCulture)} s)", Spent());
            foreach (var (stage, program) in Stages)
            {
                var spent = after[program].Less(before[program]).By(rounds);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {stage} | {spent.User:0} | {spent.System:0} | {spent.Read:0.0} | {spent.Written:0.0} | {spent.ToDisk:0.0} |\n"
                );
                name = "";
            }
        }
        return text.ToString();
    }

    private async Task DoAsync(DecantDownload download, Work work, CancellationToken cancellationToken)
    {
        var addresses = work.Addresses(lab.Origin, $"{Guid.NewGuid():n}");
        await download.GetAsync(work, addresses, folder, cancellationToken);
    }

    private Dictionary<string, Spending> Spent()
    {
        var tree = ProcessTree.Of(service.ProcessId);
        return Stages.ToDictionary(
            stage => stage.Program,
            stage =>
                tree.Where(process => ProgramOf(process) == stage.Program)
                    .Select(Spending.Of)
                    .Aggregate(new Spending(0, 0, 0, 0, 0), (sum, one) => sum.Plus(one))
        );
    }

    private string ProgramOf(SeenProcess process) =>
        process.Id == service.ProcessId
            ? ""
            : Stages
                .Select(stage => stage.Program)
                .FirstOrDefault(
                    program => program.Length > 0 && process.Name.StartsWith(program, StringComparison.Ordinal),
                    process.Name
                );

    /// <summary>Milliseconds and megabytes.</summary>
    private sealed record Spending(double User, double System, double Read, double Written, double ToDisk)
    {
        private const double Mega = 1_000_000;

        public static Spending Of(SeenProcess process)
        {
            var moved = process.Moved;
            return new(
                process.UserTicks * 1000 / TicksPerSecond,
                process.SystemTicks * 1000 / TicksPerSecond,
                moved.Read / Mega,
                moved.Written / Mega,
                moved.ToDisk / Mega
            );
        }

        public Spending Plus(Spending other) =>
            new(
                User + other.User,
                System + other.System,
                Read + other.Read,
                Written + other.Written,
                ToDisk + other.ToDisk
            );

        public Spending Less(Spending other) =>
            new(
                User - other.User,
                System - other.System,
                Read - other.Read,
                Written - other.Written,
                ToDisk - other.ToDisk
            );

        public Spending By(double times) =>
            new(User / times, System / times, Read / times, Written / times, ToDisk / times);
    }
}
