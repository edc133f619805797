using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests;

/// <summary>Links that die while they are fetched from, with a real platform's look-up behind them.</summary>
public sealed class DeadLinkTests(LabEngine lab) : IDisposable
{
    private const string Playback = "/videoplayback";
    private const string Player = "/youtubei/v1/player";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Fact]
    public async Task A_link_that_dies_in_the_middle_is_looked_up_again_and_the_fetch_goes_on_where_it_stopped()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var engine = LabEngine.Create(
            new EngineOptions
            {
                // Of several, a refused one would leave its part to the others.
                ConnectionsPerOrigin = 1,
                Egress = new EgressOptions { Proxy = lab.Lab.Proxy, CaFile = lab.Lab.CaFile },
            }
        );
        var url = new Uri("https://www.youtube.com/watch?v=deadlink001");
        // The answer is kept, and its links are used first.
        var info = await engine.InspectAsync(url, new InspectOptions(), stop);
        var (played, looked) = (lab.Lab.Requests.Hits(Playback), lab.Lab.Requests.Hits(Player));
        lab.Lab.Faults.Script(Playback, Fault.CutAfter(100_000));
        lab.Lab.Faults.Script(Playback, Fault.Status(403));

        var result = await engine.RunAsync(
            url,
            OutputRequest.Parse("mp4", null, formatSelector: "18"),
            _directory,
            new DirectProgress<EngineProgress>(_ => { }),
            stop
        );

        Assert.Equal("h264", result.VideoCodec);
        Assert.InRange((result.Duration - info.Duration!.Value).TotalSeconds, -0.5, 0.5);
        Assert.True(looked < lab.Lab.Requests.Hits(Player), "It was not looked up again.");
        var requests = lab.Lab.Requests.For(Playback).Skip(played).ToList();
        Assert.Equal(3, requests.Count);
        Assert.Equal(403, requests[1].Status);
        // It goes on where it stopped.
        Assert.Equal(requests[1].Range!.Split('-')[0], requests[2].Range!.Split('-')[0]);
        Assert.DoesNotContain("=0-", requests[2].Range, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_lower_rendition_is_made_where_the_best_is_gone_for_good_and_the_result_says_so()
    {
        const string site = "/media/clip-12-hls";
        var url = lab.At($"{site}/master.m3u8");
        lab.Lab.Faults.Script($"{site}/1080p/seg001.m4s", Fault.Status(404), times: 100);

        var result = await lab.RunAsync(url, "mp4", _directory);

        Assert.Equal((720, "1080p"), (result.Height, result.FellBackFrom));
        Assert.Equal([result.Path], Directory.GetFiles(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
