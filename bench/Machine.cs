using System.Globalization;

namespace Decant.Bench;

/// <summary>What it was measured on.</summary>
/// <param name="At">Time of the run.</param>
/// <param name="Cores">Processors.</param>
/// <param name="Load">Load of the minute before: a busy machine measures nothing.</param>
/// <param name="YtDlp">Version of yt-dlp.</param>
/// <param name="Ffmpeg">Version of ffmpeg.</param>
internal sealed record Machine(DateTimeOffset At, int Cores, double Load, string YtDlp, string Ffmpeg)
{
    public static async Task<Machine> DescribeAsync(CancellationToken cancellationToken)
    {
        var load = await File.ReadAllTextAsync("/proc/loadavg", cancellationToken);
        var ytDlp = await Command.RunAsync("/usr/bin/yt-dlp", ["--version"], cancellationToken);
        var ffmpeg = await Command.RunAsync("ffmpeg", ["-version"], cancellationToken);
        return new Machine(
            TimeProvider.System.GetUtcNow(),
            Environment.ProcessorCount,
            double.Parse(load.Split(' ')[0], CultureInfo.InvariantCulture),
            $"yt-dlp {ytDlp.Trim()}",
            string.Join(' ', ffmpeg.Split(' ')[..3])
        );
    }
}
