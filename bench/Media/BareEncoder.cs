using System.Diagnostics;

namespace Decant.Bench.Media;

/// <summary>The other limit: one ffmpeg that makes the same of files that are here already.</summary>
internal static class BareEncoder
{
    /// <returns>Seconds.</returns>
    public static async Task<double> TimeAsync(
        Work work,
        string source,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var output = Path.Combine(folder, $"bare.{work.Format}");
        var started = Stopwatch.GetTimestamp();
        await Command.RunAsync(
            "ffmpeg",
            [
                "-v",
                "error",
                "-nostdin",
                "-y",
                // Keys of encrypted segments lie beside them.
                .. source.EndsWith(".m3u8", StringComparison.Ordinal) ? (string[])["-allowed_extensions", "ALL"] : [],
                "-i",
                source,
                .. work.Encoder.Split(' '),
                output,
            ],
            cancellationToken
        );
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        File.Delete(output);
        return took * work.Count;
    }
}
