using System.Diagnostics;
using System.Net;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
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
    public async Task What_one_node_accepts_an_idle_worker_begins_at_once()
    {
        var database = $"ConnectionStrings:Decant={await Postgres.CreateAsync()}";
        await using var api = await DecantServer.StartAsync<Sqlite>(database, "role=api");
        await using var worker = await DecantServer.StartAsync<Sqlite>(database, "role=worker");
        var url = api.Origin("media/small.mp4?role");
        await api.CompletionOfAsync(await api.StartAsync(new { url, format = "m4a" }));
        var waits = new List<double>();
        for (var index = 0; index < 20; index++)
        {
            var id = await api.StartAsync(new { url, format = "m4a" });
            var accepted = Stopwatch.GetTimestamp();
            await api.WhenAsync(id, job => job.Text("stage") != "queued");
            waits.Add(Stopwatch.GetElapsedTime(accepted).TotalMilliseconds);
            await api.CompletionOfAsync(id);
        }

        waits.Sort();
        output.WriteLine(
            $"from the answer on one node to the run on another: p50 {waits[10]:F1} ms, most {waits[^1]:F1} ms"
        );
        // Without a notice the other node would look within a second, half of it on average.
        Assert.InRange(waits[10], 0, Quiet.Bound(TimeSpan.FromMilliseconds(250)).TotalMilliseconds);
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
    public async Task A_role_that_leaves_work_to_nobody_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DecantServer.StartAsync<Sqlite>("role=api")
        );

        Assert.Contains("role", refusal.Message, StringComparison.Ordinal);
    }
}
