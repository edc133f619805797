using Decant.Engine.Planning;

namespace Decant.Engine.Tests;

/// <summary>The sizes that a look-up promises, held against what is made.</summary>
public sealed class SizeForecastTests(LabEngine lab) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Theory]
    // Copies, and what is encoded at a rate.
    [InlineData("media/small.mp4", "mp4", "best", 1.02)]
    [InlineData("media/small.mp4", "mkv", "best", 1.02)]
    [InlineData("media/small.mp4", "m4a", "best", 1.05)]
    [InlineData("media/small.mp4", "mp3", "128kbps", 1.05)]
    [InlineData("media/small.mp4", "mp3", "best", 1.05)]
    [InlineData("media/small.mp4", "wav", "best", 1.02)]
    [InlineData("media/small.mp4", "opus", "128kbps", 1.2)]
    [InlineData("media/vp9-opus.webm", "webm", "best", 1.02)]
    [InlineData("media/vp9-opus.webm", "mp4", "best", 1.2)]
    [InlineData("media/hls-ts/master.m3u8", "mp4", "720p", 1.2)]
    // A picture takes what it needs to look good, which nobody knows before.
    [InlineData("media/small.mp4", "mp4", "360p", 2)]
    [InlineData("media/vertical.mp4", "mp4", "480p", 2)]
    [InlineData("media/small.mp4", "webm", "best", 2)]
    public async Task What_is_made_is_about_as_large_as_was_told(
        string path,
        string format,
        string quality,
        double factor
    )
    {
        var info = await lab.Engine.InspectAsync(lab.At(path), new(), TestContext.Current.CancellationToken);
        var told = MediaEngine
            .OptionsOf(info)
            .Single(option => option.Container.Name == format && option.Quality == quality);

        var made = await lab.Engine.RunAsync(
            lab.At(path),
            OutputRequest.Parse(format, quality),
            _directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );

        TestContext.Current.SendDiagnosticMessage($"{path} {format} {quality}: {told.Bytes} told, {made.Size} made");
        Assert.InRange((double)made.Size / told.Bytes!.Value, 1 / factor, factor);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
