using System.Globalization;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>
/// Price of the sandbox: the same small jobs with all layers and with none, in turns, by the processor time of this process and all
/// its children, which others on the machine change little. <c>DECANT_SANDBOX_PRICE=100 ./decant test SandboxPrice</c>: rounds of ten jobs.
/// </summary>
public sealed class SandboxPriceTests(LabEngine lab, MediaFiles files, ITestOutputHelper output)
    : IClassFixture<MediaFiles>
{
    private const int JobsOfARound = 10;

    /// <summary>Runs of ffmpeg and ffprobe that a small file takes: it is looked at, converted, and looked at again.</summary>
    private const int RunsOfAJob = 3;

    private const double MostOfARun = 3;
    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("DECANT_SANDBOX_PRICE"),
        CultureInfo.InvariantCulture,
        out var number
    )
        ? number
        : 0;

    [Fact]
    public async Task A_run_in_the_sandbox_costs_less_than_three_milliseconds_more()
    {
        Assert.SkipWhen(Rounds == 0, "DECANT_SANDBOX_PRICE says of how many rounds.");
        await using var held = await EngineAsync(new SandboxOptions());
        await using var free = await EngineAsync(new SandboxOptions { LeftOut = SandboxLayers.All });
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // In turns, so that whatever else the machine does meets both.
            with.Add(await MillisecondsAsync(held));
            without.Add(await MillisecondsAsync(free));
        }

        var price = (Median(with) - Median(without)) / RunsOfAJob;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A small job: {Median(with):0.0} ms of the processor in the sandbox, {Median(without):0.0} ms without; {price:0.00} ms a run. {Rounds} rounds of {JobsOfARound} jobs each."
            )
        );
        Assert.InRange(price, double.NegativeInfinity, MostOfARun);
    }

    private async Task<MediaEngine> EngineAsync(SandboxOptions sandbox)
    {
        var engine = LabEngine.Create(new EngineOptions { Sandbox = sandbox });
        await engine.StartAsync([], TestContext.Current.CancellationToken);
        // Programs are loaded at their first run.
        await JobAsync(engine);
        return engine;
    }

    private async Task<double> MillisecondsAsync(MediaEngine engine)
    {
        var before = await ProcessorTime.OfAllAsync();
        for (var job = 0; job < JobsOfARound; job++)
        {
            await JobAsync(engine);
        }

        return (await ProcessorTime.OfAllAsync() - before).TotalMilliseconds / JobsOfARound;
    }

    private async Task JobAsync(MediaEngine engine)
    {
        var directory = files.NewDirectory();
        await engine.RunAsync(
            lab.At("media/small.mp4"),
            OutputRequest.Parse("mkv", null),
            directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
        Directory.Delete(directory, recursive: true);
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);

    /// <summary>Processor time as <c>/proc/PID/stat</c> has it (proc(5)): of this process, and of those that came of it with the ones they waited for.</summary>
    private static class ProcessorTime
    {
        private const int TicksOfASecond = 100;

        public static async Task<TimeSpan> OfAllAsync()
        {
            var ticks = 0L;
            foreach (var directory in Directory.EnumerateDirectories("/proc"))
            {
                if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id))
                {
                    continue;
                }

                var fields = await FieldsAsync(id);
                if (fields is not null && (id == Environment.ProcessId || fields[1] == $"{Environment.ProcessId}"))
                {
                    ticks += fields[11..15].Sum(text => long.Parse(text, CultureInfo.InvariantCulture));
                }
            }

            return TimeSpan.FromSeconds((double)ticks / TicksOfASecond);
        }

        /// <returns>Fields after the program's name; null for a process that has just ended.</returns>
        private static async Task<string[]?> FieldsAsync(int id)
        {
            try
            {
                var stat = await File.ReadAllTextAsync($"/proc/{id}/stat");
                return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
