using System.Globalization;
using Decant.Cli.Tests.Script;

namespace Decant.Cli.Tests.Running;

public sealed class LiveTests(CommandTestsLab lab) : IClassFixture<CommandTestsLab>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_live_stream_is_recorded_for_as_long_as_wanted()
    {
        var end = await DecantProcess.RunAsync(
            _folder.Path,
            [
                "get",
                At("live/command/index.m3u8"),
                "--allow-network",
                "127.0.0.0/8",
                "--max-duration",
                "2",
                "-o",
                "a.mp4",
            ]
        );

        Assert.Equal(0, end.Code);
        Assert.InRange(await SecondsAsync("a.mp4"), 1.8, 2.3);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task An_interrupted_recording_is_kept()
    {
        using var decant = DecantProcess.Start(
            _folder.Path,
            ["get", At("live/interrupted/index.m3u8"), "--allow-network", "127.0.0.0/8", "-o", "b.mp4"]
        );
        await decant.ReadUntilAsync("recording");

        await Shell.RunAsync("sh", "-c", $"kill -INT {decant.Id}");
        var end = await decant.EndAsync();

        Assert.Equal((0, Path.Combine(_folder.Path, "b.mp4") + "\n"), (end.Code, end.Output));
        Assert.InRange(await SecondsAsync("b.mp4"), 0.8, 10);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    private string At(string path) => new Uri(lab.Internet.Origin, path).ToString();

    private async Task<double> SecondsAsync(string file)
    {
        var probe = await Shell.RunAsync(
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
            Path.Combine(_folder.Path, file)
        );
        return double.Parse(probe.Output, CultureInfo.InvariantCulture);
    }
}
