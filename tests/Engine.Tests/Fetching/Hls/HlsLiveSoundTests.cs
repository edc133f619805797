using Decant.Engine.Planning;
using Decant.Engine.Tests.Fidelity;
using static Decant.Engine.Tests.Fetching.Hls.HlsLists;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>A live stream whose sound has a list of its own, recorded.</summary>
[Collection<HlsCollection>]
public sealed class HlsLiveSoundTests(LabEngine lab, HlsMaterial material) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-live-").FullName;

    [Theory]
    [InlineData("sound", "ts", 0.023)]
    [InlineData("late", "ts", 0.5)]
    [InlineData("aac", "aac", 0.023)]
    [InlineData("timed-late", "aac", 0.523)]
    public async Task Sound_apart_keeps_its_place_within_20_ms(string kind, string extension, double late)
    {
        const string Target = "#EXT-X-TARGETDURATION:2\n";
        var picture = Edited("main-ts", "main-picture", Target);
        var sound = Edited("main-ts", $"main-{kind}", Target).Replace(".ts", $".{extension}", StringComparison.Ordinal);
        var url = material.ServeApart($"live-{kind}", OnAir(picture), OnAir(sound));

        var made = await lab.RecordAsync(
            url,
            _directory,
            fromStart: true,
            // It ends once it is recorded.
            _ => material.ServeApart($"live-{kind}", picture, sound)
        );

        await Lips.HoldAsync(made.Path, $"live, {kind}, {extension}", late);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string OnAir(string list) => list.Replace(End, "", StringComparison.Ordinal);
}
