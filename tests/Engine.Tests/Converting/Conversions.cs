using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Planning;
using Decant.Engine.Verifying;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting;

/// <summary>A file on disk through the planner, the real ffmpeg and the real ffprobe, as a run does it.</summary>
internal static class Conversions
{
    private static readonly Ffprobe Ffprobe = new(
        new EngineOptions(),
        TimeProvider.System,
        NullLogger<Ffprobe>.Instance
    );
    private static readonly Ffmpeg Ffmpeg = new(new EngineOptions(), NullLogger<Ffmpeg>.Instance);
    private static readonly Verification Verification = new(Ffprobe, NullLogger<Verification>.Instance);

    /// <summary>A medium of which the site says nothing.</summary>
    public static MediaInfo Unknown =>
        SampleSources.Medium(SampleSources.Format("0", "mkv") with { CodecsKnown = false }) with
        {
            Duration = null,
        };

    public static async Task<Converted> RunAsync(
        string source,
        OutputRequest request,
        string directory,
        string? cover = null,
        MediaInfo? info = null
    )
    {
        var stop = TestContext.Current.CancellationToken;
        var probe = await Ffprobe.ProbeAsync(source, stop);
        var plan = ConversionPlanner.Plan(Planner.Plan(info ?? Unknown, request), [probe]);
        var output = Path.Combine(directory, "unverified");
        var report = await Ffmpeg.ConvertAsync(
            plan,
            [source],
            cover,
            [],
            output,
            new DirectProgress<TimeSpan>(_ => { }),
            stop
        );
        return new Converted(await Verification.VerifyAsync(output, plan, report, stop), plan, output)
        {
            Report = report,
        };
    }

    /// <summary>What ffprobe says with <paramref name="entries"/>, line by line.</summary>
    public static async Task<List<string>> ShowAsync(string path, params string[] entries)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/ffprobe", ["-v", "error", "-of", "default=nw=1", .. entries, path])
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return lines;
    }

    /// <summary>Standard output of the real ffmpeg for a file.</summary>
    public static async Task<List<string>> FfmpegAsync(string path, params string[] arguments)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/ffmpeg", ["-v", "error", "-nostdin", "-i", path, .. arguments])
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return lines;
    }

    /// <summary>Integrated loudness by ffmpeg's own meter (LUFS).</summary>
    public static async Task<double> LoudnessAsync(string path)
    {
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                ["-hide_banner", "-nostats", "-i", path, "-map", "0:a", "-af", "ebur128", "-f", "null", "-"]
            )
            {
                Access = null,
            },
            TestContext.Current.CancellationToken
        );
        var line = outcome.Errors.Last(line => line.TrimStart().StartsWith("I:", StringComparison.Ordinal));
        return double.Parse(line.Split([' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}

internal sealed record Converted(ProbedMedia Media, ConversionPlan Plan, string Path)
{
    public ConversionReport Report { get; init; } = ConversionReport.None;
}
