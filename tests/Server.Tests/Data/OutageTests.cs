using System.Net;
using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.Data.Sqlite;

namespace Decant.Server.Tests.Data;

/// <summary>
/// The database goes away while jobs run and are submitted, cancelled, watched and downloaded: the process lives, requests are
/// answered with 503, and what was accepted before ends well, in the attempt it was in.
/// </summary>
[Long]
public sealed class OutageTests
{
    private static readonly bool IsExhaustive = Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1";

    private static readonly string[] Room = ["Jobs:Workers=6", "Jobs:MaxPerAccount=8"];

    /// <summary>Seconds.</summary>
    public static TheoryData<int> Stops => IsExhaustive ? [1, 15, 40] : [15];

    /// <summary>Seconds.</summary>
    public static TheoryData<int> Locks => IsExhaustive ? [5, 15] : [5];

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task What_was_accepted_outlives_a_PostgreSQL_that_is_stopped(int seconds)
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        await using var server = await DecantServer.StartAsync<Sqlite>([
            $"ConnectionStrings:Decant={connection}",
            .. Room,
        ]);
        var jobs = await Running.StartAsync(server, $"postgres-{seconds}");

        await postgres.StopAsync();
        await AssertRefusedAsync(server, jobs);
        // The length of the outage; nothing is waited for.
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        await postgres.StartAgainAsync();

        await jobs.AssertEndWellAsync();
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public async Task What_was_accepted_outlives_an_SQLite_that_is_locked(int seconds)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(Room);
        var jobs = await Running.StartAsync(server, $"sqlite-{seconds}");
        Task<HttpResponseMessage> asking;

        await using (var other = new SqliteConnection($"Data Source={server.DataDirectory}/decant.db;Pooling=False"))
        {
            await other.OpenAsync();
            await using var locked = other.CreateCommand();
            locked.CommandText = "BEGIN IMMEDIATE";
            await locked.ExecuteNonQueryAsync();
            // The length of the outage; nothing is waited for.
            var outage = Task.Delay(TimeSpan.FromSeconds(seconds));
            asking = server.PostAsync(JobFlow.Download, new { url = server.Origin("media/small.mp4?locked") });
            await AssertNotReadyAsync(server);
            await outage;
        }

        await jobs.AssertEndWellAsync();
        await AssertAcceptedOrOverloadedAsync(server, await asking);
    }

    [Fact]
    public async Task What_was_accepted_outlives_a_PostgreSQL_that_is_read_only()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        await using var server = await DecantServer.StartAsync<Sqlite>([
            $"ConnectionStrings:Decant={connection}",
            .. Room,
        ]);
        var jobs = await Running.StartAsync(server, "read-only");

        await postgres.ExecuteAsync("postgres", ReadOnly("on"));
        var answer = await server.PostAsync(JobFlow.Download, new { url = server.Origin("media/small.mp4?read-only") });
        await AssertOverloadedAsync(answer);
        await AssertNotReadyAsync(server);
        await postgres.ExecuteAsync("postgres", ReadOnly("off"));

        await jobs.AssertEndWellAsync();
    }

    /// <summary>As when a standby takes over: every session begins anew.</summary>
    private static string ReadOnly(string isOn) =>
        $"""
            ALTER DATABASE decant_1 SET default_transaction_read_only = {isOn};
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'decant_1';
            """;

    private static async Task AssertRefusedAsync(DecantServer server, Running jobs)
    {
        var download = new { url = server.Origin("media/small.mp4?refused") };
        await AssertOverloadedAsync(await server.PostAsync(JobFlow.Download, download));
        using var named = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download);
        named.Headers.Add("Idempotency-Key", "refused");
        named.Content = JsonContent.Create(download);
        await AssertOverloadedAsync(await server.Http.SendAsync(named));
        await AssertOverloadedAsync(await server.Http.GetAsync($"{JobFlow.Jobs}/{jobs.Fetched}"));
        await AssertOverloadedAsync(await server.Http.GetAsync($"{JobFlow.Jobs}/{jobs.Fetched}/events"));
        await AssertOverloadedAsync(await server.Http.PostAsync($"{JobFlow.Jobs}/{jobs.Cancelled}/cancel", null));
        await AssertOverloadedAsync(await server.Public.GetAsync(jobs.Finished));
        await AssertNotReadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await server.Public.GetAsync("/healthz")).StatusCode);
    }

    private static async Task AssertOverloadedAsync(HttpResponseMessage answer)
    {
        await answer.ReadProblemAsync(503, "overloaded");
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    /// <summary>A request waits for a lock as long as it has patience; either answer must be true.</summary>
    private static async Task AssertAcceptedOrOverloadedAsync(DecantServer server, HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            await AssertOverloadedAsync(answer);
            return;
        }

        await server.CompletionOfAsync((await answer.ReadOkAsync())["job"]!.Number("id"));
    }

    private static async Task AssertNotReadyAsync(DecantServer server)
    {
        var answer = await server.Public.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("\"database\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Jobs of each kind, under way: each is held until the database is back.</summary>
    private sealed record Running(
        DecantServer Server,
        HeldFiles Files,
        Uri Finished,
        long Fetched,
        long Converted,
        long Recorded,
        long Cancelled,
        Task Watch
    )
    {
        public static async Task<Running> StartAsync(DecantServer server, string name)
        {
            var files = new HeldFiles(server.Lab);
            var fetched = await server.StartAsync(new { url = files.Hold($"{name}-fetched") });
            var converted = await server.StartAsync(new { url = files.Hold($"{name}-converted"), format = "mp3" });
            var cancelled = await server.StartAsync(new { url = files.Hold($"{name}-cancelled") });
            var recorded = await server.StartAsync(
                new { url = server.Origin($"live/outage-{name}/index.m3u8?for=600"), max_duration = 600 }
            );
            await server.WhenAsync(recorded, job => (double?)job["recorded_seconds"] >= 1);
            foreach (var id in new[] { fetched, converted, cancelled })
            {
                await server.WhenAsync(id, job => (double?)job["progress"] > 0);
            }

            var finished = await server.CompletionOfAsync(
                await server.StartAsync(new { url = server.Origin($"media/small.mp4?{name}-finished") })
            );
            // One stream, from before the outage to the job's end.
            var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var watch = server.WhenAsync(
                fetched,
                job =>
                {
                    began.TrySetResult();
                    return job.Text("status") == "COMPLETED";
                }
            );
            await began.Task;
            return new Running(
                server,
                files,
                new Uri(finished.Text("download_url")),
                fetched,
                converted,
                recorded,
                cancelled,
                watch
            );
        }

        public async Task AssertEndWellAsync()
        {
            await ReadyAsync();
            await (await Server.Http.PostAsync($"{JobFlow.Jobs}/{Cancelled}/cancel", null)).ReadOkAsync();
            await (await Server.Http.PostAsync($"{JobFlow.Jobs}/{Recorded}/cancel", null)).ReadOkAsync();
            Files.Release();
            await Watch;
            foreach (var id in new[] { Fetched, Converted, Recorded })
            {
                var job = await Server.CompletionOfAsync(id);
                Assert.Equal((id, 1), (id, job.Number("attempts")));
                var file = await Server.Public.GetByteArrayAsync(new Uri(job.Text("download_url")));
                Assert.Equal(job.Number("file_size"), file.Length);
            }

            Assert.Equal("CANCELLED", (await Server.EndOfAsync(Cancelled)).Text("status"));
            await Server.CompletionOfAsync(
                await Server.StartAsync(new { url = Server.Origin("media/small.mp4?afterwards") })
            );
            await Server.AssertBooksBalanceAsync();
        }

        /// <summary>The database is back when the server says so: until then a request may meet a connection of before.</summary>
        private async Task ReadyAsync()
        {
            while (!(await Server.Public.GetAsync("/readyz")).IsSuccessStatusCode)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
