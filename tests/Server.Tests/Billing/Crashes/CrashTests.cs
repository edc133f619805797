using System.Net.Http.Json;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing.Crashes;

/// <summary>The program itself is killed after every single statement that writes, one after the other, and started again.</summary>
public abstract class CrashTests<TDatabase>
    where TDatabase : ITestDatabase
{
    /// <summary>More than there are; the tests end at the first number that nothing reaches.</summary>
    private const int MostSteps = 60;

    /// <summary>Every statement takes minutes: without <c>DECANT_EXHAUSTIVE=1</c> every sixth has to do.</summary>
    private static readonly int Stride = Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1" ? 1 : 6;

    [Fact]
    public async Task Killed_after_any_statement_of_a_download_it_makes_and_charges_one_job()
    {
        await using var server = await PrepareAsync();
        var made = new List<long>();
        var survived = false;
        var (start, step) = (0, 1);
        for (; !survived; step += survived ? 0 : Stride)
        {
            Assert.InRange(step, 1, MostSteps);
            using var process = await StartAsync(server, from: $"download-{++start}", at: step);
            if (start > 1)
            {
                // What the last one died in: asked for again by its name, it is made now if it was not before.
                made.Add(await CompleteAsync(server, process, start - 1));
            }

            try
            {
                made.Add(await CompleteAsync(server, process, start));
                await process.KillAsync();
                survived = true;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await process.DeathAsync();
            }
        }

        // Accepting, claiming and completing a job are at least so many.
        Assert.InRange(step, 12, MostSteps);
        await server.StartAsync();
        await AssertBooksAsync(server);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        Assert.Equal(start, await db.Jobs.CountAsync());
        Assert.Equal(start, made.Distinct().Count());
        foreach (var id in made)
        {
            Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
        }
    }

    [Fact]
    public async Task Killed_after_any_statement_of_a_cancellation_it_gives_the_hold_back_once()
    {
        await using var server = await PrepareAsync();
        var survived = false;
        long? job = null;
        var files = new HeldFiles(server.Lab);
        for (var step = 1; !survived; step += Stride)
        {
            Assert.InRange(step, 1, MostSteps);
            using var process = await StartAsync(server, from: "\"CancelRequested\" =", at: step);
            if (job is { } last && await StatusAsync(process, last) == "CANCELLED")
            {
                job = null;
            }

            job ??= (await process.Http.DownloadAsync(new { url = files.Hold($"cancel{step}") }))["job"]!.Number("id");
            try
            {
                await (await process.Http.PostAsync($"{JobFlow.Jobs}/{job}/cancel", null)).ReadOkAsync();
                await process.KillAsync();
                survived = true;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await process.DeathAsync();
                continue;
            }

            // The job's end, its hold, the purse, the entry, the event, the commit.
            Assert.InRange(step, 6, MostSteps);
        }

        await server.StartAsync();
        await AssertBooksAsync(server);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        foreach (var ended in await db.Jobs.ToListAsync())
        {
            Assert.Equal(Decant.Server.Jobs.JobStatus.Cancelled, ended.Status);
            Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(ended.Id));
        }
    }

    private static Task<DecantServer> PrepareAsync() =>
        DecantServer.PrepareAsync<TDatabase>("Jobs:Workers=1", "Idempotency:DeadAfter=00:00:01");

    private static async Task<string> StatusAsync(ServerProcess process, long job) =>
        (await (await process.Http.GetAsync($"{JobFlow.Jobs}/{job}")).ReadOkAsync()).Text("status");

    private static Task<ServerProcess> StartAsync(DecantServer server, string from, int at) =>
        ServerProcess.StartAsync(
            server.Arguments,
            new Dictionary<string, string>
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.From] = from,
                [StartupHook.At] = $"{at}",
            }
        );

    private static async Task<long> CompleteAsync(DecantServer server, ServerProcess process, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download);
        request.Headers.Add("Idempotency-Key", $"download-{number}");
        request.Content = JsonContent.Create(
            new { url = server.Origin($"media/small.mp4?crash{number}"), format = "m4a" }
        );
        var download = await (await process.Http.SendAsync(request)).ReadOkAsync();
        return (await process.Http.CompletionOfAsync(download["job"]!.Number("id"))).Number("id");
    }

    /// <summary>Every purse is the sum of its entries and never was below zero; nothing is held for what has ended.</summary>
    private static async Task AssertBooksAsync(DecantServer server)
    {
        await server.AssertBooksBalanceAsync();
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var entries = await db
            .Ledger.Where(entry => entry.Purse == Purse.Wallet)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
        foreach (var account in entries.GroupBy(entry => entry.AccountId))
        {
            var balance = 0L;
            Assert.All(account, entry => Assert.True((balance += entry.Amount) >= 0, $"entry {entry.Id}: {balance}"));
        }
    }
}

[Long]
public sealed class CrashOnSqlite : CrashTests<Sqlite>;

public sealed class CrashOnPostgres : CrashTests<Postgres>;
