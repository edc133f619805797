using System.Globalization;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests;

public sealed class DashPeriodsTests(LabEngine lab) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Theory]
    [InlineData("media/dash-restarts/manifest.mpd")]
    [InlineData("paced/300000/20/media/dash-restarts/manifest.mpd")]
    public async Task Periods_whose_clocks_begin_anew_follow_one_another(string path)
    {
        var made = await RunAsync(path, "restarts");

        var one = await RunAsync("media/dash-numbers/manifest.mpd", "one");
        Assert.Equal(await Decoded.PicturesAsync(one), await Decoded.PicturesAsync(made));
        var (seen, heard) = (await TimesAsync(made, "v"), await TimesAsync(made, "a"));
        Assert.All(
            (await TimesAsync(one, "v")).Zip(seen),
            pair => Assert.Equal(pair.First, pair.Second, tolerance: 0.05)
        );
        // A frame of sound takes 21 ms: nothing is said twice, and nobody falls silent between the periods.
        Assert.All(heard.Zip(heard.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0.02, 0.05));
        Assert.Equal(seen[^1], heard[^1], tolerance: 0.06);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>When each packet plays, in seconds.</summary>
    private static async Task<List<double>> TimesAsync(string path, string streams) =>
        [
            .. (await Conversions.ShowAsync(path, "-select_streams", streams, "-show_entries", "packet=pts_time"))
                .Select(line => double.Parse(line["pts_time=".Length..], CultureInfo.InvariantCulture))
                .Order(),
        ];

    private async Task<string> RunAsync(string path, string name)
    {
        Directory.CreateDirectory(Path.Combine(_directory, name));
        var result = await lab.RunAsync(lab.At(path), "mp4", Path.Combine(_directory, name));
        return result.Path;
    }
}
