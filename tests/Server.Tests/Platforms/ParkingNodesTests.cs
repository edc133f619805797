using Decant.Server.Platforms.Circuits;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Platforms;

/// <summary>Two servers on one database are one to a platform.</summary>
public sealed class ParkingNodesTests
{
    private const string Info = "/api/v1/video/info";
    private const string Refused = "https://www.youtube.com/watch?v=botcheck001";

    [Fact]
    public async Task A_circuit_that_one_node_opens_stops_the_other_until_one_of_all_has_tried()
    {
        var database = await Postgres.CreateAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        long[] busy = [await one.KeepBusyAsync("one"), await other.KeepBusyAsync("other")];
        List<long> parked = [];
        foreach (var (server, name) in new[] { (one, "nodes000001"), (other, "nodes000002") })
        {
            parked.Add(
                await server.StartAsync(new { url = $"https://www.youtube.com/watch?v={name}", audio_only = true })
            );
        }

        var elsewhere = await one.StartAsync(new { url = one.Origin("media/small.mp4?elsewhere"), format = "m4a" });
        await (await one.PostAsync(Info, new { url = Refused })).ReadProblemAsync(403, "source_blocked");
        await (await one.PostAsync(Info, new { url = Refused })).ReadProblemAsync(403, "source_blocked");

        // What the other node is asked for it refuses, and what either has accepted it puts aside.
        var answer = await other.PostAsync(Info, new { url = "https://www.youtube.com/watch?v=nodes000003" });
        await answer.ReadProblemAsync(503, "source_rate_limited");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 500, 600);
        foreach (var id in busy)
        {
            await one.CancelAsync(id);
        }

        foreach (var id in parked)
        {
            var job = await other.WhenAsync(id, job => job.Text("stage") == "parked");
            Assert.Equal("source_blocked", job["parked"]!.Text("code"));
            Assert.Equal(0, job.Number("attempts"));
            Assert.Equal(["Hold -1"], await other.EntriesOfAsync(id));
        }

        await other.CompletionOfAsync(elsewhere);

        await one.ElapseAsync();
        var passages = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(index => (index % 2 == 0 ? one : other).Get<PlatformCircuits>())
                .Select(circuits => circuits.PassAsync("youtube", CancellationToken.None))
        );
        Assert.Single(passages, passage => passage.IsTrial);
        Assert.Equal(15, passages.Count(passage => passage.OpenUntil is not null));

        // The trial goes well, and that alone wakes what is parked.
        await other.Get<PlatformCircuits>().SucceededAsync("youtube", CancellationToken.None);
        foreach (var id in parked)
        {
            var job = await one.CompletionOfAsync(id);
            Assert.Equal(1, job.Number("attempts"));
            Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await one.EntriesOfAsync(id));
        }
    }

    private static Task<DecantServer> StartAsync(string database) =>
        DecantServer.StartAsync<Sqlite>(
            $"ConnectionStrings:Decant={database}",
            "Platforms:RefusalsToOpen=2",
            "Platforms:Pause=00:10:00",
            "Jobs:Workers=1",
            "Jobs:SweepEvery=1.00:00:00"
        );
}
