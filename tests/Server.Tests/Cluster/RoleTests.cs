using System.Net;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Cluster;

public sealed class RoleTests(ITestOutputHelper output)
{
    /// <summary>Runs a program in a mount namespace where ffmpeg and ffprobe cannot be run.</summary>
    private static readonly string[] WithoutFfmpeg =
    [
        "unshare",
        "--mount",
        .. Environment.IsPrivilegedProcess ? (string[])[] : ["--user", "--map-root-user"],
        "sh",
        "-c",
        "mount --bind /dev/null /usr/bin/ffmpeg && mount --bind /dev/null /usr/bin/ffprobe && exec \"$@\"",
        "sh",
    ];

    [Fact]
    public async Task What_one_node_accepts_an_idle_worker_begins_because_it_is_told()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var api = await DecantServer.StartAsync<Sqlite>(database, "role=api");
        // By itself the worker would look again tomorrow.
        await using var worker = await DecantServer.StartAsync<Sqlite>(
            database,
            "role=worker",
            "Jobs:LookEvery=1.00:00:00"
        );
        var url = api.Origin("media/small.mp4?role");
        const int jobs = 100;
        var ids = new List<long>();
        // The first is not counted: until then nobody has done any of it.
        for (var index = 0; index <= jobs; index++)
        {
            ids.Add(await api.StartAsync(new { url, format = "m4a" }));
            await api.CompletionOfAsync(ids[^1]);
        }

        await using var db = await api.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var counted = await db.Jobs.AsNoTracking().Where(job => job.Id > ids[0]).ToListAsync();
        var waits = counted.Select(job => (job.StartedAt - job.CreatedAt)!.Value.TotalMilliseconds).Order().ToList();
        // From before the acceptance's transaction to the claim's: both are in it.
        output.WriteLine(
            $"{jobs} jobs, from acceptance on one node to the claim on another: p50 {waits[jobs / 2]:F1} ms, "
                + $"p95 {waits[jobs * 95 / 100]:F1} ms, most {waits[^1]:F1} ms"
        );
        // Half of them: on a busy machine single ones wait for a core.
        Assert.InRange(waits[jobs / 2], 0, Quiet.Bound(TimeSpan.FromMilliseconds(250)).TotalMilliseconds);
    }

    [Fact]
    public async Task A_node_that_only_answers_needs_no_ffmpeg()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var prepared = await DecantServer.PrepareAsync<Sqlite>(database, "role=api");
        await using var worker = await DecantServer.StartAsync<Sqlite>(database, "role=worker");
        using var api = await ServerProcess.StartAsync(prepared.Arguments, within: WithoutFfmpeg);

        await (await api.Http.GetAsync("/readyz")).ReadOkAsync();
        string[] urls = [LabPages.YouTube("noffmpeg"), prepared.Origin("media/small.mp4?noffmpeg")];
        foreach (var url in urls)
        {
            await api.Http.CompletionOfAsync(await api.Http.StartAsync(new { url, format = "m4a" }));
        }
    }

    [Fact]
    public async Task A_worker_answers_for_its_health_and_nothing_else()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var worker = await DecantServer.StartAsync<Sqlite>(database, "role=worker");

        // A worker has no document to hold its answers against.
        using var http = new HttpClient { BaseAddress = worker.Public.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/video/formats")).StatusCode);
    }

    [Fact]
    public async Task A_worker_greets_with_what_it_answers_and_points_to_no_page()
    {
        await using var place = await DecantServer.PrepareAsync<Postgres>("role=worker");
        var log = new HeardLog();

        using var worker = await ServerProcess.StartAsync(place.Arguments, log: log.Hear);

        await log.LineAsync("Administrator's key: ");
        var lines = log.Lines();
        Assert.Contains(
            lines,
            line =>
                line.EndsWith(
                    "(a worker: /healthz, /readyz and /metrics; requests go to nodes of another role)",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(
            lines,
            line => new[] { "/docs", "/api/", "#link=" }.Any(one => line.Contains(one, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_role_that_leaves_work_to_nobody_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DecantServer.StartAsync<Sqlite>("role=api")
        );

        Assert.Contains("role", refusal.Message, StringComparison.Ordinal);
    }
}
