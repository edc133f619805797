using System.Text.Json;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Idempotency;

/// <summary>Two handlings of one request, as two nodes have them, and one that dies.</summary>
public abstract class IdempotencyRecordsTests(DecantServer server)
{
    private static readonly IdempotencyOptions Usual = new();
    private readonly ManualTime _time = new();
    private readonly IDbContextFactory<DecantDb> _databases = server.Get<IDbContextFactory<DecantDb>>();

    private IdempotencyRecords Records => new(_databases, Options.Create(Usual), _time);

    [Fact]
    public async Task What_died_is_taken_over_after_its_last_sign_of_life_and_can_answer_no_more()
    {
        var (dead, heir) = Twice("dead");
        Assert.Null(await Records.TryTakeAsync(dead, CancellationToken.None));
        _time.Advance(Usual.DeadAfter - TimeSpan.FromSeconds(1));
        await Records.RenewAsync(dead, CancellationToken.None);
        _time.Advance(Usual.DeadAfter - TimeSpan.FromSeconds(1));
        Assert.False((await Records.TryTakeAsync(heir, CancellationToken.None))!.IsAnswered);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await Records.TryTakeAsync(heir, CancellationToken.None));

        var refusal = await Assert.ThrowsAsync<ApiException>(() => KeepAsync(dead, "dead"));
        Assert.Equal("idempotency_in_progress", refusal.Error.Code);
        await KeepAsync(heir, "alive");
        Assert.Equal("\"alive\"", (await Records.TryTakeAsync(dead, CancellationToken.None))!.Answer);
    }

    [Fact]
    public async Task Of_many_heirs_one_takes_over()
    {
        var (dead, _) = Twice("heirs");
        await Records.TryTakeAsync(dead, CancellationToken.None);
        _time.Advance(Usual.DeadAfter);

        var heirs = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Records.TryTakeAsync(Twice("heirs", dead.AccountId).Item1, CancellationToken.None))
        );

        Assert.Single(heirs, one => one is null);
    }

    [Fact]
    public async Task An_answer_rolled_back_is_not_kept()
    {
        var (named, again) = Twice("rolled back");
        await Records.TryTakeAsync(named, CancellationToken.None);
        await using (var db = await _databases.CreateDbContextAsync())
        {
            await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
                db.InWriteTransactionAsync(
                    async token =>
                    {
                        await named.KeepAsync(db, "lost", token);
                        throw new InvalidTimeZoneException();
                    },
                    CancellationToken.None
                )
            );
        }

        Assert.False((await Records.TryTakeAsync(again, CancellationToken.None))!.IsAnswered);
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day_and_then_removed()
    {
        var (named, again) = Twice("day");
        await Records.TryTakeAsync(named, CancellationToken.None);
        await KeepAsync(named, "today");
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(10));
        Assert.True((await Records.TryTakeAsync(again, CancellationToken.None))!.IsAnswered);
        await Records.CleanAsync(CancellationToken.None);
        Assert.True(await IsThereAsync(named));
        _time.Advance(TimeSpan.FromTicks(10));

        await Records.CleanAsync(CancellationToken.None);
        Assert.False(await IsThereAsync(named));
        Assert.Null(await Records.TryTakeAsync(again, CancellationToken.None));
    }

    private static (IdempotentRequest, IdempotentRequest) Twice(string key, long account = 1)
    {
        IdempotentRequest Named() => new(account, "test", key, "hash", JsonSerializerOptions.Web);
        return (Named(), Named());
    }

    private async Task<bool> IsThereAsync(IdempotentRequest named)
    {
        await using var db = await _databases.CreateDbContextAsync();
        return await named.RecordIn(db).AnyAsync();
    }

    private async Task KeepAsync(IdempotentRequest named, string answer)
    {
        await using var db = await _databases.CreateDbContextAsync();
        await db.InWriteTransactionAsync(token => named.KeepAsync(db, answer, token), CancellationToken.None);
    }
}

public sealed class IdempotencyRecordsOnSqlite(ServerOn<Sqlite> on)
    : IdempotencyRecordsTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class IdempotencyRecordsOnPostgres(ServerOn<Postgres> on)
    : IdempotencyRecordsTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
