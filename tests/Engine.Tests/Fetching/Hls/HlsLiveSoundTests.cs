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

        var made = await lab.Engine.RecordAsync(
            url,
            OutputRequest.Parse("mp4", null),
            new RecordingRequest
            {
                Directory = Path.Combine(_directory, "recording"),
                MaxDuration = TimeSpan.FromMinutes(1),
                FromStart = true,
            },
            Directory.CreateDirectory(Path.Combine(_directory, "work")).FullName,
            // It ends once it is recorded.
            new DirectProgress<EngineProgress>(_ => material.ServeApart($"live-{kind}", picture, sound)),
            CancellationToken.None,
            TestContext.Current.CancellationToken
        );

        var delay = await Lips.ReadAsync(made.Path);
        Assert.Equal(late, delay, tolerance: 0.02);
        FidelityTable.Record(
            "HLS",
            $"sound apart (live, {kind}, {extension})",
            FormattableString.Invariant($"sound {late:0.000} s after the picture"),
            FormattableString.Invariant($"{delay:0.000} s")
        );
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string OnAir(string list) => list.Replace(End, "", StringComparison.Ordinal);
}
