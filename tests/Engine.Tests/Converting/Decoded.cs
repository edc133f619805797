using Decant.Engine.Children;
using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

/// <summary>What a player would show and sound, whatever the container.</summary>
internal static class Decoded
{
    /// <summary>One line a stream: a checksum of all its pictures or samples.</summary>
    public static Task<List<string>> HashAsync(string path) => ReadAsync(path, "streamhash");

    /// <summary>One line a picture, with its checksum: from the beginning of the file, in order.</summary>
    public static async Task<List<string>> PicturesAsync(string path) =>
        [
            .. (await ReadAsync(path, "framehash", "-map", "0:v:0"))
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split(',')[^1].Trim()),
        ];

    /// <summary>Codecs of its streams, in ffmpeg's words.</summary>
    public static async Task<IReadOnlyList<string>> CodecsAsync(string path)
    {
        var lines = new List<string>();
        await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffprobe",
                ["-v", "quiet", "-show_entries", "stream=codec_name", "-of", "default=nk=1:nw=1", path]
            )
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        return lines;
    }

    private static async Task<List<string>> ReadAsync(string path, string format, params string[] map)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                ["-v", "error", "-nostdin", "-i", path, .. map, "-fps_mode", "passthrough", "-f", format, "pipe:1"]
            )
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return lines;
    }
}
