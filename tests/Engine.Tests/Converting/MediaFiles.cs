using Decant.Engine.Children;
using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

/// <summary>Small media made by the real ffmpeg, once per run of the tests, and a directory of each test's own.</summary>
public sealed class MediaFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("decant-media-").FullName;
    private readonly Dictionary<string, Task<string>> _made = [];
    private readonly Lock _lock = new();

    /// <param name="name">File name; its extension decides the container.</param>
    /// <param name="arguments">ffmpeg's arguments between its inputs and the output.</param>
    public Task<string> MakeAsync(string name, params string[] arguments)
    {
        lock (_lock)
            return _made.TryGetValue(name, out var made) ? made : _made[name] = RunAsync(name, arguments);
    }

    /// <summary>Three seconds, 320x240, H.264 and AAC.</summary>
    public Task<string> Mp4Async() =>
        MakeAsync(
            "plain.mp4",
            [.. Picture(320, 240), .. Sound, .. H264, "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"]
        );

    public static string[] Picture(int width, int height, double seconds = 3) =>
        ["-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=s={width}x{height}:r=25:d={seconds}")];

    public static readonly string[] Sound = ["-f", "lavfi", "-i", "sine=440:d=3"];
    public static readonly string[] H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    /// <summary>An empty directory.</summary>
    public string NewDirectory() =>
        Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("n"))).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The real ffmpeg in a directory, replacing what is there.</summary>
    public static async Task FfmpegAsync(string directory, params string[] arguments)
    {
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments])
            {
                Access = null,
                WorkingDirectory = directory,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
    }

    private async Task<string> RunAsync(string name, string[] arguments)
    {
        await FfmpegAsync(_root, [.. arguments, name]);
        return Path.Combine(_root, name);
    }
}
