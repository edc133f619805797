using Decant.Engine.Children;
using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

/// <summary>Readers of tags that are nobody's of ours.</summary>
internal static class TagReaders
{
    private const string Mutagen = """
        import sys, mutagen
        tags = mutagen.File(sys.argv[1]).tags or {}
        for key in sorted(tags.keys()):
            value = tags[key]
            for one in value if isinstance(value, list) else getattr(value, "text", None) or [getattr(value, "url", "")]:
                one = one.decode() if key.startswith("----") else one
                if not isinstance(one, bytes) and len(str(one)) < 500:
                    print(f"{key.upper()}={one}")
        """;

    /// <summary>A line for each value: <c>KEY=value</c>, in mutagen's names.</summary>
    public static Task<List<string>> MutagenAsync(string path) => RunAsync("/usr/bin/python3", "-c", Mutagen, path);

    public static Task<List<string>> ExiftoolAsync(string path, string tag) =>
        RunAsync("/usr/bin/exiftool", "-s3", "-sep", "; ", $"-{tag}", path);

    public static Task<List<string>> MediaInfoAsync(string path, string field) =>
        RunAsync("/usr/bin/mediainfo", $"--Inform=General;%{field}%", path);

    /// <summary>Skips a test where one of them is missing.</summary>
    public static void Require()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/exiftool")
                && File.Exists("/usr/bin/mediainfo")
                && Directory.Exists("/usr/lib/python3/dist-packages/mutagen"),
            "python3-mutagen, mediainfo and libimage-exiftool-perl read what was written, and one of them is not here"
        );
    }

    private static async Task<List<string>> RunAsync(string program, params string[] arguments)
    {
        var lines = new List<string>();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(program, arguments) { Access = null, OnLine = lines.Add },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        return lines;
    }
}
