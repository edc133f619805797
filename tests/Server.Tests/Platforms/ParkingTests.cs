using System.Diagnostics.Metrics;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Runs;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Server.Tests.Platforms;

public abstract class ParkingTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private const string Info = "/api/v1/video/info";
    private const string Refused = "https://www.youtube.com/watch?v=botcheck001";

    [Fact]
    public async Task A_job_that_is_refused_in_its_own_run_is_parked_as_often_as_it_takes_and_goes_on_later()
    {
        const string page = "https://www.youtube.com/watch?v=parking0001";
        await using var server = await StartAsync("Platforms:RefusalsToOpen=2", "Platforms:Pause=00:10:00");

        var id = await server.StartRefusedAsync(page, Refused);

        var parked = await server.JobAsync(id);
        Assert.Equal("PROCESSING", parked.Text("status"));
        Assert.Equal("source_blocked", parked["parked"]!.Text("code"));
        Assert.Contains("youtube refuses this server", parked["parked"]!.Text("message"), StringComparison.Ordinal);
        Assert.Equal(0, parked.Number("attempts"));
        Assert.Equal(["Hold -1"], await server.EntriesOfAsync(id));
        Assert.Empty(await server.Get<PlatformCircuits>().OpenAsync(CancellationToken.None));

        // The second refusal opens the circuit.
        await WakeAsync(server);
        var again = await server.WhenAsync(id, job => Until(job) is { } until && until != Until(parked));
        Assert.Equal(0, again.Number("attempts"));
        Assert.Equal(Since(parked), Since(again));
        Assert.Single(await server.Get<PlatformCircuits>().OpenAsync(CancellationToken.None));

        await server.TurnIntoAsync(id, page);
        await server.ElapseAsync();
        await WakeAsync(server);
        var job = await server.CompletionOfAsync(id);
        Assert.Null(job["parked"]);
        Assert.Equal(1, job.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
        Assert.Empty(await server.Get<PlatformCircuits>().OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task How_long_a_platform_asks_to_be_left_alone_is_how_long_it_is()
    {
        const string other = "https://www.dailymotion.com/video/xlab0002";
        await using var server = await StartAsync("Platforms:RefusalsToOpen=1", "Platforms:Pause=00:00:10");
        using var openings = new Openings(server, "dailymotion");

        var id = await server.StartRefusedAsync(
            "https://www.dailymotion.com/video/xlab0001",
            "https://www.dailymotion.com/video/xrate001"
        );

        var answer = await server.PostAsync(Info, new { url = other });
        await answer.ReadProblemAsync(503, "source_rate_limited");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 40, 60);
        var job = await server.JobAsync(id);
        Assert.Equal("source_rate_limited", job["parked"]!.Text("code"));
        // Its minute, and then the time of a trial: after those who have not been refused.
        Assert.InRange((Until(job)!.Value - Since(job)).TotalSeconds, 175, 185);
        Assert.Equal("source_rate_limited", Assert.Single(openings.Codes));
    }

    [Fact]
    public async Task A_job_whose_platform_refuses_for_too_long_fails_and_costs_nothing_and_can_be_run_again()
    {
        const string page = "https://www.youtube.com/watch?v=parking0002";
        await using var server = await StartAsync("Platforms:RefusalsToOpen=1", "Platforms:JobPatience=12:00:00");
        var id = await server.StartRefusedAsync(page, Refused);
        var queued = QueuedJob.Of(await RowAsync(server, id));

        // Still within its patience, although this is when it would end.
        await Later(server, TimeSpan.FromHours(11)).RunAsync(queued, "later", CancellationToken.None);
        var waiting = await server.JobAsync(id);
        Assert.Equal("parked", waiting.Text("stage"));

        await Later(server, TimeSpan.FromHours(12.1)).RunAsync(queued, "later", CancellationToken.None);

        var failed = await server.EndOfAsync(id);
        Assert.Equal("FAILED", failed.Text("status"));
        Assert.Equal("source_blocked", failed["error"]!.Text("code"));
        Assert.Contains("12:00:00", failed["error"]!.Text("message"), StringComparison.Ordinal);
        Assert.Null(failed["parked"]);
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
        await server.TurnIntoAsync(id, page);
        await server.Get<PlatformCircuits>().SucceededAsync("youtube", CancellationToken.None);
        await (await server.Http.PostAsync($"{JobFlow.Jobs}/{id}/retry", null)).ReadOkAsync();
        await server.CompletionOfAsync(id);
    }

    /// <summary>Nothing but a wake-up brings a parked job on: the sweep has a day's rest.</summary>
    private static async Task<DecantServer> StartAsync(params string[] settings) =>
        await DecantServer.StartAsync<TDatabase>(["Jobs:Workers=1", "Jobs:SweepEvery=1.00:00:00", .. settings]);

    private static Task WakeAsync(DecantServer server) =>
        server.Get<JobQueue>().WakeRefusedAsync("youtube", CancellationToken.None);

    private static DateTimeOffset? Until(System.Text.Json.Nodes.JsonNode job) =>
        (DateTimeOffset?)job["parked"]?["until"];

    private static DateTimeOffset Since(System.Text.Json.Nodes.JsonNode job) =>
        (DateTimeOffset)job["parked"]!["since"]!;

    private static async Task<Job> RowAsync(DecantServer server, long id)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id);
    }

    /// <summary>What parks jobs, as it will be after so long.</summary>
    private static JobRun Later(DecantServer server, TimeSpan later) =>
        ActivatorUtilities.CreateInstance<JobRun>(
            server.Services,
            ActivatorUtilities.CreateInstance<PlatformParking>(server.Services, new LaterTime(later))
        );

    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }

    /// <summary>Error codes for which one server opened a platform's circuit, read from that server's metrics.</summary>
    private sealed class Openings : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _codes = [];

        public Openings(DecantServer server, string platform)
        {
            var meters = server.Get<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == CircuitMetrics.OpenedName && instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, _, tags, _) =>
                {
                    var said = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
                    lock (_codes)
                    {
                        if (said["platform"] == platform)
                        {
                            _codes.Add(said["code"]!);
                        }
                    }
                }
            );
            _listener.Start();
        }

        public IReadOnlyList<string> Codes
        {
            get
            {
                lock (_codes)
                {
                    return [.. _codes];
                }
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}

[Long]
public sealed class ParkingOnSqlite : ParkingTests<Sqlite>;

public sealed class ParkingOnPostgres : ParkingTests<Postgres>;
