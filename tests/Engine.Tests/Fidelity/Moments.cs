using System.Globalization;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>Flashes and beeps of a file, decoded by ffmpeg's command with nothing of the engine between.</summary>
/// <param name="Flashes">When the picture turns white (seconds).</param>
/// <param name="Beeps">When the sound begins after silence (seconds).</param>
internal sealed record Moments(IReadOnlyList<double> Flashes, IReadOnlyList<double> Beeps)
{
    public static async Task<Moments> ReadAsync(string path)
    {
        var (lights, beeps) = (new List<(double At, double Light)>(), new List<double>());
        double shown = 0;
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. (string[])["-v", "info", "-nostdin", "-nostats", "-i", path],
                    .. (string[])["-vf", "scale=16:16,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-"],
                    .. (string[])["-af", "silencedetect=noise=-30dB:d=0.1,ametadata=print:file=-", "-f", "null", "-"],
                ]
            )
            {
                Access = null,
                OnLine = Read,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return new Moments(
            [
                .. lights
                    .Zip(lights.Skip(1))
                    .Where(pair => pair is { First.Light: < 128, Second.Light: >= 128 })
                    .Select(pair => pair.Second.At),
            ],
            beeps
        );

        void Read(string line)
        {
            if (line.IndexOf("pts_time:", StringComparison.Ordinal) is >= 0 and var at)
                shown = double.Parse(line[(at + 9)..].Split(' ')[0], CultureInfo.InvariantCulture);
            else if (line.Split('=') is ["lavfi.signalstats.YAVG", var light])
                lights.Add((shown, double.Parse(light, CultureInfo.InvariantCulture)));
            else if (line.Split('=') is ["lavfi.silence_end", var end])
                beeps.Add(double.Parse(end, CultureInfo.InvariantCulture));
        }
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"flashes {string.Join(", ", Flashes.Select(at => at.ToString("0.00", CultureInfo.InvariantCulture)))} s; beeps {string.Join(", ", Beeps.Select(at => at.ToString("0.00", CultureInfo.InvariantCulture)))} s"
        );
}
