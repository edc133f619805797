using System.Net.Http.Json;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Money;
using Decant.Server.RateLimits;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.RateLimits;

public sealed class SharedRateLimiterTests(ServerOn<Postgres> on) : IClassFixture<ServerOn<Postgres>>
{
    private static long s_clients;

    private readonly IDbContextFactory<DecantDb> _databases = on.Server.Get<IDbContextFactory<DecantDb>>();
    private readonly ClientId _somebody = Client();

    [Fact]
    public async Task As_many_calls_pass_as_the_limit_says_whichever_node_they_come_to()
    {
        SharedRateLimiter[] nodes = [Limiter(4), Limiter(4)];

        var verdicts = new List<Verdict>();
        for (var call = 0; call < 6; call++)
        {
            verdicts.Add(await TakeAsync(nodes[call % 2]));
        }

        Assert.Equal([true, true, true, true, false, false], verdicts.Select(verdict => verdict.Allowed));
        Assert.Equal([3, 2, 1, 0, 0, 0], verdicts.Select(verdict => verdict.Remaining));
        Assert.All(
            verdicts,
            verdict => Assert.InRange(verdict.Reset, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60))
        );
    }

    [Fact]
    public async Task Racing_calls_are_all_counted()
    {
        SharedRateLimiter[] nodes = [Limiter(10), Limiter(10), Limiter(10)];

        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 90).Select(call => Task.Run(() => TakeAsync(nodes[call % 3])))
        );

        Assert.Equal(10, verdicts.Count(verdict => verdict.Allowed));
    }

    [Fact]
    public async Task No_minute_holds_more_than_the_limit_and_waiting_as_told_is_enough()
    {
        await TakeAsync(Limiter(2));
        await PassAsync(TimeSpan.FromSeconds(40));
        await TakeAsync(Limiter(2));
        var refused = await TakeAsync(Limiter(2));
        Assert.False(refused.Allowed);
        Assert.InRange(refused.Reset, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));

        await PassAsync(refused.Reset);

        Assert.True((await TakeAsync(Limiter(2))).Allowed);
        Assert.False((await TakeAsync(Limiter(2))).Allowed);
    }

    [Fact]
    public async Task Who_was_refused_is_refused_without_asking_until_the_time_is_over()
    {
        var time = new ManualTime();
        var node = Limiter(1, time);
        await TakeAsync(node);
        var refused = await TakeAsync(node);
        await ForgetAllAsync();

        time.Advance(refused.Reset - TimeSpan.FromSeconds(1));
        Assert.False((await TakeAsync(node)).Allowed);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await TakeAsync(node)).Allowed);
    }

    [Fact]
    public async Task Clients_that_call_no_more_are_forgotten_and_the_others_are_not()
    {
        var node = Limiter(5);
        await TakeAsync(node);
        await PassAsync(TimeSpan.FromSeconds(61));
        var other = Client();
        await node.TakeAsync(RateLimit.Download, other, CancellationToken.None);

        await node.CleanAsync(CancellationToken.None);

        var left = await ClientsAsync();
        Assert.DoesNotContain(_somebody.ToString(), left);
        Assert.Contains(other.ToString(), left);
    }

    [Fact]
    public async Task The_wire_counts_over_two_nodes()
    {
        var database = await Postgres.CreateAsync();
        string[] settings = [$"ConnectionStrings:Decant={database}", "RateLimits:Info=2"];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        object nonsense = new { url = "nonsense" };

        await (await one.PostAsync("/api/v1/video/info", nonsense)).ReadProblemAsync(400, "invalid_url");
        var second = await other.PostAsync("/api/v1/video/info", nonsense);
        var third = await one.PostAsync("/api/v1/video/info", nonsense);

        Assert.StartsWith("\"info\";r=0;t=", Assert.Single(second.Headers.GetValues("RateLimit")));
        await third.ReadProblemAsync(429, "rate_limited");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    private static ClientId Client() =>
        ClientId.Of(new Caller(Interlocked.Increment(ref s_clients), null, Purse.Credits, false));

    private SharedRateLimiter Limiter(int download, TimeProvider? time = null) =>
        new(_databases, Options.Create(new RateLimitOptions { Download = download }), time ?? TimeProvider.System);

    private async Task<Verdict> TakeAsync(SharedRateLimiter node) =>
        await node.TakeAsync(RateLimit.Download, _somebody, CancellationToken.None);

    /// <summary>As if so much time had passed since all calls of the client.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        await using var db = await _databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "CallCounts" SET "Calls" = ARRAY(SELECT call - {(long)
                time.TotalMicroseconds} FROM unnest("Calls") AS call)
            WHERE "Client" = {_somebody.ToString()}
            """
        );
    }

    private async Task ForgetAllAsync()
    {
        await using var db = await _databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "CallCounts" WHERE "Client" = {_somebody.ToString()}""");
    }

    private async Task<IReadOnlyList<string>> ClientsAsync()
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await db.Database.SqlQuery<string>($"""SELECT "Client" AS "Value" FROM "CallCounts" """).ToListAsync();
    }
}
