using System.Runtime.InteropServices;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Corpus;

/// <summary>The sound of a file as people hear it: decoded by ffmpeg's command, on the file's own clock.</summary>
internal static class Heard
{
    private const int Rate = 4000;

    /// <summary>Clocks of containers, priming, and the lead of a transport stream's sound.</summary>
    private const int Lag = Rate * 15 / 100;

    private const double Silence = 100;

    /// <summary>Lossy coding leaves more, another sound much less.</summary>
    private const double Alike = 0.5;

    /// <summary>The sound of a made file, against those of its source, of which it has one.</summary>
    /// <returns>What is wrong; null where it is one of them.</returns>
    public static async Task<string?> FaultAsync(string source, int sounds, string made)
    {
        var (heard, fault) = (await ReadAsync(made, 0), (string?)null);
        for (var number = 0; number < sounds; number++)
        {
            var difference = Difference(await ReadAsync(source, number), heard);
            if (difference is null)
                return null;
            fault ??= difference;
        }
        return fault;
    }

    private static async Task<short[]> ReadAsync(string path, int number)
    {
        using var samples = new MemoryStream();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. (string[])["-v", "quiet", "-nostdin", "-i", path, "-map", $"0:a:{number}", "-ac", "1"],
                    .. (string[])["-ar", $"{Rate}", "-af", "aresample=async=1:first_pts=0", "-f", "s16le", "pipe:1"],
                ]
            )
            {
                Access = null,
                Output = stream => stream.CopyToAsync(samples),
            },
            TestContext.Current.CancellationToken
        );
        return MemoryMarshal.Cast<byte, short>(samples.ToArray()).ToArray();
    }

    /// <returns>Seconds in which both are heard and are not alike; null where none is.</returns>
    private static string? Difference(short[] source, short[] made)
    {
        var others = Enumerable
            .Range(0, Math.Min(source.Length, made.Length) / Rate)
            .Where(second =>
                second > 0 && IsHeard(source, second) && IsHeard(made, second) && Likeness(source, made, second) < Alike
            )
            .ToList();
        return others.Count > 1 ? $"another sound in the seconds {string.Join(", ", others)}" : null;
    }

    private static bool IsHeard(short[] samples, int second) =>
        Math.Sqrt(Energy(samples.AsSpan(second * Rate, Rate)) / Rate) > Silence;

    private static double Likeness(short[] source, short[] made, int second)
    {
        var here = source.AsSpan(second * Rate, Rate);
        var (energy, best) = (Energy(here), 0.0);
        for (var lag = -Lag; lag <= Lag; lag++)
        {
            var from = (second * Rate) + lag;
            if (from < 0 || from + Rate > made.Length)
                continue;
            var there = made.AsSpan(from, Rate);
            double product = 0;
            for (var at = 0; at < Rate; at++)
                product += here[at] * there[at];
            best = Math.Max(best, Math.Abs(product) / Math.Sqrt((energy * Energy(there)) + 1));
        }
        return best;
    }

    private static double Energy(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return sum;
    }
}
