using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests;

/// <summary>A sound long enough to be encoded in parts, through the whole engine.</summary>
public sealed class LongMp3RunTests(LabEngine lab) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;
    private readonly List<EngineProgress> _progress = [];

    [Theory]
    [InlineData("page/og?src=/media/minute.mp4", null)]
    [InlineData("page/og?src=/media/minute.mp4", -16.0)]
    // While it comes.
    [InlineData("page/og?src=/media/minute.mp4%3Frate%3D1500000", -23.0)]
    public async Task It_has_its_cover_its_tags_its_loudness_and_its_length(string path, double? loudness)
    {
        // The lab makes the picture when it is first asked for it, and a run does not wait for pictures for ever.
        using var http = new HttpClient();
        await http.GetByteArrayAsync(lab.At("media/thumb-1280x720.png"), TestContext.Current.CancellationToken);

        var result = await lab.Engine.RunAsync(
            lab.At(path),
            OutputRequest.Parse("mp3", "128kbps").Refine(new Refinement { Normalize = loudness }),
            _directory,
            new DirectProgress<EngineProgress>(_progress.Add),
            TestContext.Current.CancellationToken
        );

        Assert.InRange(result.Duration.TotalSeconds, 60.9, 61.1);
        var lines = await Conversions.ShowAsync(
            result.Path,
            "-show_entries",
            "stream=codec_name,bit_rate:format_tags=title,comment"
        );
        Assert.Contains("codec_name=mp3", lines);
        Assert.Contains("bit_rate=128000", lines);
        Assert.Contains("codec_name=mjpeg", lines);
        Assert.Contains("TAG:title=A page with Open Graph video", lines);
        Assert.Contains($"TAG:comment={lab.At(path)}", lines);
        if (loudness is { } target)
            Assert.InRange(await Conversions.LoudnessAsync(result.Path), target - 1, target + 1);
        Assert.Equal([result.Path], Directory.EnumerateFileSystemEntries(_directory));
        Assert.Equal(_progress.Select(one => one.Percent).Order(), _progress.Select(one => one.Percent));
        // Told while the parts are joined, twice a second: two encoders need little more.
        Assert.Contains(_progress, one => one.Percent is > 70 and < 100);
        Assert.Equal(100, _progress[^1].Percent);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
