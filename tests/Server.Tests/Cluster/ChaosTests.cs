using System.Collections.Concurrent;
using System.Web;
using Decant.Server.Data;
using Decant.Server.Files;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Fixture.Swift;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Cluster;

/// <summary>Three processes, a PostgreSQL and a Swift of their own, and whatever may happen to them. `./decant bench --cluster` does the same with 200 jobs, 50 kills and longer outages.</summary>
[Long]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Machines = 3;

    private static readonly bool IsLarge = Environment.GetEnvironmentVariable("DECANT_CHAOS") is "1";
    private static readonly int Jobs = IsLarge ? 200 : 12;
    private static readonly int Kills = IsLarge ? 50 : 3;

    private static readonly string[] Formats = ["m4a", "mp3", "mp4"];

    [Fact]
    public async Task Whatever_dies_every_accepted_job_ends_once_and_nothing_is_lost_or_left()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var swift = await SwiftServer.StartAsync();
        string[] settings =
        [
            $"ConnectionStrings:Decant={await postgres.CreateDatabaseAsync()}",
            .. await swift.CreateBucketAsync(),
            "Jobs:RetryDelays:0=00:00:00.5",
            "Jobs:MaxRecoveries=20",
            "Jobs:SweepEvery=00:00:02",
            "Logging:LogLevel:Decant=Debug",
        ];
        var secrets = new ConcurrentBag<string>(
            settings
                .Where(setting => setting.StartsWith("Storage:S3:Secret", StringComparison.Ordinal))
                .Select(setting => setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..])
        )
        {
            DecantServer.Key,
        };
        await using var nodes = await Nodes.StartAsync(Machines, settings);
        await using var judge = await DecantServer.StartAsync<Sqlite>([
            .. settings,
            "role=api",
            "Storage:OrphanAge=00:00:01",
        ]);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");

        var accepting = Task.WhenAll(
            Enumerable
                .Range(0, Jobs)
                .Select(async number =>
                {
                    // The rhythm of those who ask; nothing is waited for.
                    await Task.Delay(TimeSpan.FromMilliseconds(300 * number));
                    var path = number % 4 == 0 ? "paced/400000/0/media/small.mp4" : "media/small.mp4";
                    return await nodes.AcceptAsync(
                        new { url = judge.Origin($"{path}?chaos{number}"), format = Formats[number % Formats.Length] },
                        $"chaos-{number}"
                    );
                })
        );
        await HarmAsync(nodes, postgres, swift, new Random(seed));
        var ids = await accepting;

        Assert.Equal(Jobs, ids.Distinct().Count());
        foreach (var id in ids)
        {
            var job = await nodes.EndOfAsync(id);
            if (job.Text("status") == "FAILED")
            {
                Assert.Equal("overloaded", job["error"]!.Text("code"));
                output.WriteLine(job.ToJsonString());
                continue;
            }

            var link = new Uri(job.Text("download_url"));
            secrets.Add(HttpUtility.ParseQueryString(link.Query)["signature"] ?? link.Query);
            var lengths = await nodes.LengthsAsync(link);
            Assert.All(lengths, length => Assert.Equal(job.Number("file_size"), length));
        }

        await AssertRecoveredAsync(judge);
        await AssertExactAsync(judge, ids);
        await AssertNothingIsLeftAsync(judge, swift, settings);
        output.WriteLine($"{nodes.Log.Count} lines were logged, and {secrets.Count} secrets looked for in them");
        Assert.True(nodes.Log.Count > Kills);
        Assert.DoesNotContain(
            nodes.Log,
            line =>
                Secrets.In(line) is not null || secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal))
        );
    }

    private static async Task HarmAsync(Nodes nodes, PostgresServer postgres, SwiftServer swift, Random random)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            // The rhythm of the harm; nothing is waited for.
            await Task.Delay(random.Next(200, 1500));
            var victim = random.Next(Machines);
            await nodes.KillAsync(victim);
            if (kill == Kills / 5)
            {
                await RestartAsync(postgres.StopAsync, postgres.StartAgainAsync, random.Next(1500));
            }
            else if (IsLarge && kill == Kills * 2 / 5)
            {
                await RestartAsync(postgres.StopAsync, postgres.StartAgainAsync, 15_000);
            }
            else if (kill == Kills * 3 / 5)
            {
                await RestartAsync(swift.KillAsync, swift.StartAgainAsync, IsLarge ? 20_000 : random.Next(3000));
            }

            await nodes.StartAsync(victim);
        }
    }

    private static async Task RestartAsync(Func<Task> stop, Func<Task> start, int milliseconds)
    {
        await stop();
        // The length of the outage.
        await Task.Delay(milliseconds);
        await start();
    }

    /// <summary>No loop of a node that lived through it all goes on failing. Asked now and then: loops try again every ten seconds.</summary>
    private static async Task AssertRecoveredAsync(DecantServer judge)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!(await judge.Public.GetAsync("/readyz", patience.Token)).IsSuccessStatusCode)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Each job was charged once or not at all, and every purse holds the sum of its entries.</summary>
    private static async Task AssertExactAsync(DecantServer judge, IReadOnlyList<long> ids)
    {
        await judge.AssertBooksBalanceAsync();
        foreach (var id in ids)
        {
            var entries = await judge.EntriesOfAsync(id);
            var completed = (await judge.JobAsync(id)).Text("status") == "COMPLETED";
            Assert.Equal(
                completed ? 1 : 0,
                entries.Count(entry => entry.StartsWith("Charge", StringComparison.Ordinal))
            );
        }
    }

    private static async Task AssertNothingIsLeftAsync(DecantServer judge, SwiftServer swift, string[] settings)
    {
        await using var db = await judge.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var kept = (await db.Jobs.AsNoTracking().Select(job => job.Files).ToListAsync())
            .SelectMany(files => files?.All.Select(file => file.Key) ?? [])
            .Order(StringComparer.Ordinal)
            .ToList();
        using var patience = new CancellationTokenSource(Quiet.Patience);
        var sweep = judge.Services.GetServices<IHostedService>().OfType<OrphanSweep>().Single();
        IReadOnlyList<string> stored;
        do
        {
            await sweep.RunAsync(patience.Token);
            stored = [.. (await swift.KeysInAsync(settings)).Order(StringComparer.Ordinal)];
        } while (stored.Count > kept.Count);

        Assert.Equal(kept, stored);
    }
}
