using Decant.Engine.Extracting;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fetching;

namespace Decant.Engine.Tests;

/// <summary>What was looked into is remembered, and read from before its origin has answered again.</summary>
public sealed class GrownSourceTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Fact]
    public async Task A_file_that_has_grown_since_it_was_looked_into_is_not_delivered_as_its_beginning()
    {
        var stop = TestContext.Current.CancellationToken;
        // Sound without a head: any beginning of it is a good file.
        var sound = await File.ReadAllBytesAsync(
            await files.MakeAsync("three.mp3", [.. MediaFiles.Sound, "-write_xing", "0", "-id3v2_version", "0"]),
            stop
        );
        var now = sound;
        await using var origin = new RawOrigin(asked =>
            asked.Range is null
                ? Reply.Whole(now, fields: "Content-Type: audio/mpeg")
                : Reply.Part(asked, now, fields: "Content-Type: audio/mpeg")
        );
        var info = await lab.Engine.InspectAsync(origin.Url, new InspectOptions(), stop);
        Assert.InRange(info.Duration!.Value.TotalSeconds, 2.9, 3.2);
        now = [.. sound, .. sound];

        var result = await lab.RunAsync(origin.Url, "mp3", _directory);

        Assert.InRange(result.Duration.TotalSeconds, 5.9, 6.4);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
