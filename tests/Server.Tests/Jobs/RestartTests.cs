using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Runs;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Decant.Server.Tests.Jobs;

public abstract class RestartTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task Jobs_that_a_stopping_server_breaks_off_run_again_when_it_is_back()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        var files = new HeldFiles(server.Lab);
        var running = await server.StartAsync(new { url = files.Hold("restart") });
        await server.WhenAsync(running, job => job.Text("stage") == "downloading");

        await server.RestartAsync();
        var back = Stopwatch.StartNew();
        await server.WhenAsync(running, one => one.Text("stage") != "queued");
        Assert.InRange(back.Elapsed, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(10)));
        files.Release();

        var job = await server.CompletionOfAsync(running);
        // A run that the server itself broke off in good order is not held against the job.
        Assert.Equal(1, job.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(running));
        await server.AssertBooksBalanceAsync();
    }

    [Fact]
    public async Task A_job_that_takes_the_server_down_each_time_is_given_up()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var first = await server.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?before") });
        var fatal = await server.StartAsync(new { url = server.Origin("media/small.mp4?fatal") });
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .Jobs.Where(job => job.Id == fatal)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Attempts, 6));
        }

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{first}");

        var job = await server.EndOfAsync(fatal);
        Assert.Equal(("FAILED", "overloaded"), (job.Text("status"), job["error"]!.Text("code")));
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(fatal));
    }

    [Fact]
    public async Task Accepted_jobs_that_the_queue_has_lost_are_brought_back()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var files = new HeldFiles(server.Lab);
        await server.StartAsync(new { url = files.Hold("first") });
        var lost = await server.StartAsync(new { url = server.Origin("media/small.mp4?lost"), format = "m4a" });
        var scheduler = await server.Get<ISchedulerFactory>().GetScheduler();
        await scheduler.UnscheduleJobs(GroupMatcher<TriggerKey>.GroupEquals("waiting"));

        await server
            .Services.GetServices<IHostedService>()
            .OfType<JobSweep>()
            .Single()
            .RunAsync(CancellationToken.None);
        files.Release();

        await server.CompletionOfAsync(lost);
    }

    /// <summary>On PostgreSQL a claim is not waited for on the disk (ADR 68), so that a crash of the machine may take the newest back.</summary>
    [Fact]
    public async Task A_job_whose_claim_the_database_has_forgotten_runs_again_and_is_charged_once()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:SweepEvery=00:00:01");
        var files = new HeldFiles(server.Lab);
        var id = await server.StartAsync(new { url = files.Hold("forgotten") });
        await server.WhenAsync(id, job => job.Text("stage") == "downloading");
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .Jobs.Where(job => job.Id == id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(job => job.RunId, (string?)null)
                        .SetProperty(job => job.Stage, JobStage.Queued)
                        .SetProperty(job => job.Attempts, 0)
                        .SetProperty(job => job.StartedAt, (DateTimeOffset?)null)
                );
        }
        files.Release();

        var job = await server.CompletionOfAsync(id);
        Assert.Equal(1, job.Number("attempts"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
        await server.AssertBooksBalanceAsync();
        await server.RunsEndedAsync();
        Assert.Single(server.FilesIn("files"));
    }

    [Fact]
    public async Task Jobs_that_release_0_1_0_queued_under_another_name_of_the_class_run()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Workers=1");
        var files = new HeldFiles(server.Lab);
        var running = await server.StartAsync(new { url = files.Hold("old") });
        await server.WhenAsync(running, job => job.Text("stage") == "downloading");
        var waiting = await server.StartAsync(new { url = server.Origin("media/small.mp4?old") });
        await using (var queue = await OpenQueueAsync(server))
        {
            var renamed = await queue.Database.ExecuteSqlRawAsync(
                "UPDATE qrtz_job_details SET job_class_name = 'Decant.Server.Jobs.RunJob, Decant.Server'"
            );
            Assert.Equal(2, renamed);
        }

        await server.RestartAsync();
        files.Release();

        await server.CompletionOfAsync(running);
        await server.CompletionOfAsync(waiting);
    }

    [Fact]
    public async Task Links_outlive_a_restart()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("PublicBaseUrl=http://127.0.0.1:1");
        var job = await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?link"), format = "m4a" })
        );

        await server.RestartAsync();

        var file = await server.Public.GetAsync(new Uri(job.Text("download_url")).PathAndQuery);
        Assert.Equal(job.Number("file_size"), file.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Jobs_that_a_killed_server_was_in_all_finish_and_the_books_are_right()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>("Jobs:Workers=3");
        var files = new HeldFiles(server.Lab);
        var ids = new List<long>();
        using (var process = await ServerProcess.StartAsync(server.Arguments))
        {
            var batch = await process.Http.PostAsJsonAsync(
                "/api/v1/video/bulk-download",
                new { downloads = Enumerable.Range(0, 10).Select(index => new { url = files.Hold($"kill{index}") }) }
            );
            ids.AddRange((await batch.ReadOkAsync())["jobs"]!.AsArray().Select(job => job!.Number("id")));

            // Some run and have bytes on the disk, others wait.
            await process.Http.WhenAsync(ids[0], job => job.Text("stage") == "downloading");
            await process.KillAsync();
        }
        files.Release();

        await server.StartAsync();

        var jobs = new List<JsonNode>();
        foreach (var id in ids)
        {
            jobs.Add(await server.CompletionOfAsync(id));
        }

        Assert.Contains(jobs, job => job.Number("attempts") == 2);
        Assert.All(jobs, job => Assert.InRange(job.Number("attempts"), 1, 2));
        foreach (var id in ids)
        {
            Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
        }

        await server.AssertBooksBalanceAsync();
        await server.RunsEndedAsync();
        Assert.Empty(server.FilesIn("work"));
        Assert.Equal(ids.Count, server.FilesIn("files").Count);
    }

    private static async Task<DecantDb> OpenQueueAsync(DecantServer server)
    {
        var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        if (db is PostgresDb)
        {
            return db;
        }

        await db.DisposeAsync();
        var file = Path.Combine(server.DataDirectory, "queue.db");
        return new SqliteDb(
            new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={file};Pooling=False").Options
        );
    }
}

[Long]
public sealed class RestartOnSqlite : RestartTests<Sqlite>;

[Long]
public sealed class RestartOnPostgres : RestartTests<Postgres>;
