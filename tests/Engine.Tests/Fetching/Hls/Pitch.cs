using System.Runtime.InteropServices;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Fetching.Hls;

internal static class Pitch
{
    /// <summary>The pitch (Hz) of the sound in the eighth of a second after each quarter, by its zero crossings; 0 for silence.</summary>
    public static async Task<List<double>> ReadAsync(string path)
    {
        const int Rate = 8000;
        using var samples = new MemoryStream();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. $"-v error -nostdin -i {path} -map 0:a:0 -ac 1 -ar {Rate} -af aresample=async=1:first_pts=0".Split(
                        ' '
                    ),
                    .. "-f s16le pipe:1".Split(' '),
                ]
            )
            {
                Access = null,
                Output = stream => stream.CopyToAsync(samples),
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var heard = MemoryMarshal.Cast<byte, short>(samples.ToArray()).ToArray();
        return [.. Enumerable.Range(0, heard.Length / (Rate / 4)).Select(quarter => Of(quarter * Rate / 4))];

        double Of(int start)
        {
            var crossings = Enumerable
                .Range(start + 1, Math.Min(Rate / 8, heard.Length - start - 1))
                .Where(at => heard[at - 1] < 0 && heard[at] >= 0)
                .Select(at => at - 1 - (heard[at - 1] / (double)(heard[at] - heard[at - 1])))
                .ToList();
            return crossings.Count > 2 ? (crossings.Count - 1) * Rate / (crossings[^1] - crossings[0]) : 0;
        }
    }
}
