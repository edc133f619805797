using System.Data.Common;
using System.Diagnostics;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Watching;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Data;

/// <summary>What is asked of the database often costs as little with 300,000 jobs and 900,000 ledger entries as with none.</summary>
public abstract class ManyRowsTests<TDatabase>(ITestOutputHelper output)
    where TDatabase : ITestDatabase
{
    private static readonly bool IsExhaustive = Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1";

    private static readonly int Jobs = IsExhaustive ? 300_000 : 30_000;

    private const int Waiting = 5000;

    [Fact]
    public async Task Clean_up_balance_history_and_event_stream_read_no_more_with_300000_jobs()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:SweepEvery=1.00:00:00");
        var id = await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?many"), format = "m4a" })
        );
        await MultiplyAsync(server, id.Number("id"));
        var janitor = server.Services.GetServices<IHostedService>().OfType<FileJanitor>().Single();
        // Before there are jobs that wait: a stream begins by telling of each of them.
        var taken = new Dictionary<string, (double Fastest, double P95)>
        {
            ["event stream"] = await MeasureAsync(() => WatchAsync(server, lastId: null)),
            ["event stream of one who comes back"] = await MeasureAsync(() =>
                WatchAsync(server, $"{TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds()}")
            ),
        };

        await LeftAloneAsync(server);
        await MultiplyWaitingAsync(server, id.Number("id"));
        var last = await QueueAsync(server);
        using var http = Bare(server);
        var work = Work(http, id.Number("id"), janitor);
        work["status of the last that waits"] = () => ReadAsync(http, $"{JobFlow.Jobs}/{last}");
        work["look at the queue"] = () => LookAsync(server);
        foreach (var (name, one) in work)
        {
            taken[name] = await MeasureAsync(one);
        }

        var waiting = await (await server.Http.GetAsync($"{JobFlow.Jobs}/{last}")).ReadOkAsync();
        Assert.Equal(Waiting, (int)waiting["queue_position"]!);

        foreach (var (name, milliseconds) in taken)
        {
            output.WriteLine(
                $"{Jobs} jobs and {Waiting} that wait: {name}: fastest {milliseconds.Fastest:F1} ms, p95 {milliseconds.P95:F1} ms"
            );
        }

        // The fastest of twenty says the same on a machine that is not too busy. Whatever reads all rows takes hundreds.
        var most = Quiet.Bound(TimeSpan.FromMilliseconds(50)).TotalMilliseconds;
        Assert.All(taken, one => Assert.True(one.Value.Fastest < most, $"{one.Key} took {one.Value.Fastest:F1} ms"));
    }

    private static Dictionary<string, Func<Task>> Work(HttpClient http, long id, FileJanitor janitor) =>
        new()
        {
            ["file clean-up"] = () => janitor.RunAsync(CancellationToken.None),
            ["status"] = () => ReadAsync(http, $"{JobFlow.Jobs}/{id}"),
            ["list"] = () => ReadAsync(http, JobFlow.Jobs),
            ["list of what waits"] = () => ReadAsync(http, $"{JobFlow.Jobs}?status=PROCESSING"),
            ["list of a platform's files"] = () =>
                ReadAsync(http, $"{JobFlow.Jobs}?status=COMPLETED&platform=other&format=m4a"),
            ["balance"] = () => ReadAsync(http, "/api/v1/credits/balance"),
            ["wallet"] = () => ReadAsync(http, "/api/v1/api-wallet/balance"),
            ["history"] = () => ReadAsync(http, "/api/v1/api-wallet/usage"),
            ["an old page of history"] = () => ReadAsync(http, $"/api/v1/api-wallet/usage?skip={Jobs - 100}"),
            ["the last page but one of history"] = () => ReadAsync(http, $"/api/v1/api-wallet/usage?page={Jobs / 50}"),
        };

    /// <summary>A client reads on for a moment before it hangs up. Whoever still watches would be shown the places of all that wait.</summary>
    private static async Task LeftAloneAsync(DecantServer server)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (server.Get<JobFeed>().IsWatched)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task MultiplyAsync(DecantServer server, long id)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        var numbers = JobCopies.Numbers(db, 1, Jobs);
        await JobCopies.MakeAsync(db, id, Jobs);
#pragma warning disable EF1002 // Names of columns and numbers, all from this file and the model.
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "Ledger" ("AccountId", "Purse", "Kind", "Amount", "Balance", "Granted", "Charged", "Charges", "Number", "JobId", "CreatedAt")
            SELECT last."AccountId", last."Purse", move, gain, last."Balance", last."Granted", last."Charged",
                last."Charges" + i - 1 + charge, last."Number" + (i - 1) * 3 + place, last."JobId", last."CreatedAt"
            FROM (SELECT * FROM "Ledger" WHERE "JobId" = {id} ORDER BY "Id" DESC LIMIT 1) AS last, {numbers},
                (
                    SELECT 'Hold' AS move, -1 AS gain, 1 AS place, 0 AS charge
                    UNION ALL SELECT 'Release', 1, 2, 0
                    UNION ALL SELECT 'Charge', 0, 3, 1
                ) AS moves
            """
        );
#pragma warning restore EF1002
        await TidyAsync(db);
    }

    /// <summary>The same as PostgreSQL does by itself within a minute of so many rows.</summary>
    private static Task<int> TidyAsync(DecantDb db) =>
        db.Database.ExecuteSqlRawAsync(db is PostgresDb ? "VACUUM ANALYZE" : "ANALYZE");

    /// <summary>Jobs that the queue knows nothing of, so that they go on waiting.</summary>
    private static async Task MultiplyWaitingAsync(DecantServer server, long id)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var list = JobCopies.Columns(db, except: ["Status", "Stage", "CompletedAt", "StartedAt", "Files", "ExpiresAt"]);
#pragma warning disable EF1002 // Names of columns and numbers, all from this file and the model.
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "Jobs" ("TaskId", "Status", "Stage", {list})
            SELECT {JobCopies.NewUuid(db)}, 'Processing', 'Queued', {list}
            FROM "Jobs", {JobCopies.Numbers(db, 1, Waiting)} WHERE "Id" = {id}
            """
        );
#pragma warning restore EF1002
        await TidyAsync(db);
    }

    /// <summary>Puts them into the queue, from which none is taken any more: the first as the server does, the others as its copies.</summary>
    /// <returns>The last of them.</returns>
    private static async Task<long> QueueAsync(DecantServer server)
    {
        var queue = server.Get<JobQueue>();
        await queue.CloseAsync(CancellationToken.None);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var jobs = db.Jobs.Where(job => job.Status == JobStatus.Processing);
        var first = await jobs.OrderBy(job => job.Id).FirstAsync();
        await queue.AddAsync(QueuedJob.Of(first), place: 0, CancellationToken.None);
        var last = first.Id + Waiting - 1;
        var isPostgres = db is PostgresDb;
        await using var file = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "queue.db")}");
        var connection = isPostgres ? db.Database.GetDbConnection() : file;
        await connection.OpenAsync();
        var columns = await ColumnsAsync(connection, "QRTZ_TRIGGERS");
        var values = columns.Select(column =>
            column.ToUpperInvariant() switch
            {
                "TRIGGER_NAME" => isPostgres ? "lpad(i::text, 19, '0')" : "printf('%019d', i)",
                "NEXT_FIRE_TIME" => $"NEXT_FIRE_TIME + i - {first.Id}",
                _ => column,
            }
        );
        var numbers = JobCopies.Numbers(db, first.Id + 1, last);
        await using var copy = connection.CreateCommand();
        copy.CommandText =
            $"INSERT INTO QRTZ_TRIGGERS ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM QRTZ_TRIGGERS, {numbers}";
        await copy.ExecuteNonQueryAsync();
        return last;
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        await using var row = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, row.FieldCount).Select(row.GetName)];
    }

    /// <summary>Without the moment in which all who ask share a look.</summary>
    private static async Task LookAsync(DecantServer server)
    {
        var queue = server.Get<JobQueue>();
        var jobs = await queue.GetLineAsync(isRecording: false, CancellationToken.None);
        var recordings = await queue.GetLineAsync(isRecording: true, CancellationToken.None);
        server.Get<QueuePlaces>().Take(jobs, recordings);
        Assert.Equal(Waiting, jobs.Count);
    }

    private static async Task<(double Fastest, double P95)> MeasureAsync(Func<Task> work)
    {
        const int times = 20;
        await work();
        var taken = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            taken.Add(watch.Elapsed.TotalMilliseconds);
        }

        taken.Sort();
        return (taken[0], taken[(times * 95 / 100) - 1]);
    }

    /// <summary>Until all is told of what was before.</summary>
    private static async Task WatchAsync(DecantServer server, string? lastId)
    {
        await using var watching = await Watching.StartAsync(server.Http, lastId: lastId);
        Assert.Equal("heartbeat", (await watching.NextAsync()).EventType);
    }

    private static async Task ReadAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A client that holds no answer to the document: fifty jobs of a list cost it more than the server.</summary>
    private static HttpClient Bare(DecantServer server) =>
        new() { BaseAddress = server.Http.BaseAddress, DefaultRequestHeaders = { { "X-API-Key", DecantServer.Key } } };
}

public sealed class ManyRowsOnSqlite(ITestOutputHelper output) : ManyRowsTests<Sqlite>(output);

public sealed class ManyRowsOnPostgres(ITestOutputHelper output) : ManyRowsTests<Postgres>(output);
