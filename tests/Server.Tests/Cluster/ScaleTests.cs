using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Decant.Server.Tests.Cluster;

/// <summary>
/// Figures of docs/scale.md: what the service around the engine bears, on PostgreSQL. The engine does next to nothing, since every job
/// wants the same small file, which is kept after the first. Times are of this machine in its present state, so processor time and
/// statements stand beside them. Part of `./decant bench --cluster`.
/// </summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private static readonly bool IsWanted = Environment.GetEnvironmentVariable("DECANT_CHAOS") is "1";

    /// <summary>Jobs of each node before the clock runs. The first 500 cost a node half as much again, and those after 2,000 all the same:
    /// by then the runtime has compiled for good what comes again.</summary>
    private const int WarmUp = 2000;

    private static readonly string[] Wide =
    [
        "Jobs:Workers=16",
        "Jobs:MaxPerAccount=64",
        "Jobs:MaxPerPlatform=64",
        "Jobs:MaxQueued=1000000",
        "Jobs:MaxQueuedPerAccount=1000000",
        "Logging:LogLevel:Default=Warning",
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    public async Task Jobs_a_second_of_nodes_whose_engine_does_nothing(int nodes, int accounts)
    {
        Assert.SkipUnless(IsWanted, "DECANT_CHAOS is not set.");
        var jobs = int.Parse(
            Environment.GetEnvironmentVariable("DECANT_SCALE_JOBS") ?? "1500",
            CultureInfo.InvariantCulture
        );
        const int atOnce = 16;
        // As an operator runs it: what is committed is on the disk.
        await using var postgres = await PostgresServer.StartAsync(
            "-c shared_preload_libraries=pg_stat_statements -c fsync=on -c synchronous_commit=on -c full_page_writes=on"
        );
        var connection = await postgres.CreateDatabaseAsync();
        await postgres.ExecuteAsync("decant_1", "CREATE EXTENSION pg_stat_statements");
        string[] settings = [$"ConnectionStrings:Decant={connection}", .. Wide];
        var processes = new List<ServerProcess>();
        var prepared = new List<DecantServer>();
        try
        {
            for (var node = 0; node < nodes; node++)
            {
                prepared.Add(await DecantServer.PrepareAsync<Sqlite>(settings));
                processes.Add(await ServerProcess.StartAsync(prepared[node].Arguments, log: _ => { }));
            }

            var request = new { url = prepared[0].Origin("media/small.mp4?scale"), format = "m4a" };
            foreach (var process in processes)
            {
                // Each node keeps its own.
                await process.Http.CompletionOfAsync(await process.Http.StartAsync(request));
            }

            var keys = await KeysAsync(connection, accounts);
            // Each account on each node, one after the other.
            var clients = keys.SelectMany(key => processes.Select(process => Bare(process.Http, key))).ToList();
            await using var source = NpgsqlDataSource.Create(connection);
            await AcceptAsync(clients, request, WarmUp * nodes, atOnce);
            await EmptyAsync(source);
            var before = await StateAsync(connection, processes);
            var watch = Stopwatch.StartNew();
            await AcceptAsync(clients, request, jobs, atOnce);
            var accepted = watch.Elapsed;
            await EmptyAsync(source);
            var done = watch.Elapsed;
            var after = await StateAsync(connection, processes);

            var faults = await FaultsAsync(connection);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nodes} nodes, {accounts} accounts, {jobs} jobs, load {Load()}: accepted {jobs / accepted.TotalSeconds:F1}/s, done {jobs / done.TotalSeconds:F1}/s; "
                        + $"a job: {(after.Transactions - before.Transactions) / (double)jobs:F1} transactions, "
                        + $"{(after.Statements - before.Statements) / (double)jobs:F1} statements, "
                        + $"{(after.Server - before.Server).TotalMilliseconds / jobs:F1} ms of the nodes' processors, "
                        + $"{(after.Database - before.Database).TotalMilliseconds / jobs:F1} ms of PostgreSQL's; {faults} not completed"
                )
            );
            Assert.Equal(0, faults);
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
            foreach (var server in prepared)
            {
                await server.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Five_hundred_jobs_of_an_account_delay_the_first_of_another_by_seconds()
    {
        Assert.SkipUnless(IsWanted, "DECANT_CHAOS is not set.");
        await using var server = await DecantServer.StartAsync<Postgres>(
            "Jobs:Workers=2",
            "Jobs:MaxQueuedPerAccount=1000"
        );
        for (var call = 0; call < 10; call++)
        {
            var downloads = Enumerable
                .Range(0, 50)
                .Select(job => new
                {
                    url = server.Origin($"paced/400000/0/media/small.mp4?five{call}x{job}"),
                    format = "m4a",
                });
            await (await server.PostAsync("/api/v1/video/bulk-download", new { downloads })).ReadOkAsync();
        }

        using var other = await server.NewClientAsync();
        var watch = Stopwatch.StartNew();
        var id = await other.StartAsync(new { url = server.Origin("media/small.mp4?alone"), format = "m4a" });
        await other.WhenAsync(id, job => job.Text("stage") != "queued");
        var began = watch.Elapsed;
        await other.CompletionOfAsync(id);
        var open = (
            await (await server.Http.GetAsync($"{JobFlow.Jobs}?status=PROCESSING&limit=1")).ReadOkAsync()
        ).Number("total");
        output.WriteLine(
            $"begun after {began.TotalSeconds:F1} s, done after {watch.Elapsed.TotalSeconds:F1} s; {open} of the 500 had not ended"
        );
        Assert.InRange(began, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(open > 400);
    }

    /// <summary>Sends no second request, for the document: it is timed.</summary>
    private static HttpClient Bare(HttpClient http, string key) =>
        new() { BaseAddress = http.BaseAddress, DefaultRequestHeaders = { { "X-API-Key", key } } };

    /// <summary>Keys of accounts that can pay for all of it.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(string connection, int accounts)
    {
        await using var db = new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection).Options);
        var ledger = new Ledger(TimeProvider.System);
        var keys = new List<string>();
        while (keys.Count < accounts)
        {
            keys.Add(await Purses.NewKeyAsync(db, ledger, cents: 1_000_000));
        }

        return keys;
    }

    private static async Task AcceptAsync(List<HttpClient> nodes, object request, int jobs, int atOnce)
    {
        var number = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, atOnce)
                .Select(async _ =>
                {
                    for (int mine; (mine = Interlocked.Increment(ref number)) <= jobs; )
                    {
                        using var answer = await nodes[mine % nodes.Count].PostAsJsonAsync(JobFlow.Download, request);
                        answer.EnsureSuccessStatusCode();
                    }
                })
        );
    }

    /// <summary>Waits until no job is open. Asked again and again from outside, so that the nodes do nothing for it.</summary>
    private static async Task EmptyAsync(NpgsqlDataSource database)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await CountAsync(database, """SELECT count(*) FROM "Jobs" WHERE "Status" = 'Processing'""") > 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static Task<long> FaultsAsync(string connection) =>
        CountAsync(connection, """SELECT count(*) FROM "Jobs" WHERE "Status" <> 'Completed'""");

    private static async Task<long> CountAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        return await CountAsync(source, sql);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<State> StateAsync(string connection, IEnumerable<ServerProcess> processes) =>
        new(
            await CountAsync(connection, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
            await CountAsync(connection, "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements"),
            Sum(processes.Select(process => TimeOf(process.Id))),
            DatabaseTime(connection)
        );

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Processor time of PostgreSQL: its first process, the children that have ended, and those that live.</summary>
    private static TimeSpan DatabaseTime(string connection)
    {
        var directory = new NpgsqlConnectionStringBuilder(connection).Host!;
        var first = File.ReadLines(Path.Combine(directory, "data", "postmaster.pid")).First();
        var children = File.ReadAllText($"/proc/{first}/task/{first}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Sum([Ticks(first, 13, 4), .. children.Select(child => Ticks(child, 13, 2))]);
    }

    /// <summary>Fields of <c>/proc/PID/stat</c> (proc(5)), in hundredths of a second.</summary>
    private static TimeSpan Ticks(string process, int from, int count)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            // The name, in parentheses, may have blanks.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(
                10 * fields.Skip(from - 2).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture))
            );
        }
        catch (IOException)
        {
            // It has ended since it was listed, and counts with the first process from now on.
            return TimeSpan.Zero;
        }
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) =>
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static TimeSpan TimeOf(int process)
    {
        using var one = Process.GetProcessById(process);
        return one.TotalProcessorTime;
    }

    private sealed record State(long Transactions, long Statements, TimeSpan Server, TimeSpan Database);
}
