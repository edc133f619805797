using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Data;

public abstract class DecantDbTests(DecantServer server)
{
    private readonly IDbContextFactory<DecantDb> _databases = server.Get<IDbContextFactory<DecantDb>>();

    [Fact]
    public async Task The_migrations_make_the_model_as_it_is()
    {
        await using var db = await _databases.CreateDbContextAsync();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Times_are_kept_to_the_microsecond_and_compare_and_sort_in_the_database()
    {
        var start = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(123_456);
        var mark = Guid.NewGuid().ToString();
        await using (var db = await _databases.CreateDbContextAsync())
        {
            foreach (var days in (int[])[2, 0, 1])
            {
                db.Accounts.Add(
                    new Account
                    {
                        Email = $"{mark}-{days}",
                        FullName = mark,
                        CreatedAt = start.AddDays(days),
                    }
                );
            }

            await db.SaveChangesAsync();
        }

        await using var fresh = await _databases.CreateDbContextAsync();
        var found = await fresh
            .Accounts.Where(account => account.FullName == mark && account.CreatedAt > start)
            .OrderByDescending(account => account.CreatedAt)
            .Select(account => account.CreatedAt)
            .ToListAsync();
        Assert.Equal([start.AddDays(2), start.AddDays(1)], found);
    }

    [Fact]
    public async Task A_transaction_that_failed_leaves_nothing_behind_for_a_later_save()
    {
        await using var db = await _databases.CreateDbContextAsync();
        var email = $"{Guid.NewGuid()}@example.org";

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            db.InWriteTransactionAsync(
                async token =>
                {
                    db.Accounts.Add(new Account { Email = email });
                    await db.SaveChangesAsync(token);
                    throw new InvalidOperationException("Stop here");
                },
                CancellationToken.None
            )
        );
        await db.SaveChangesAsync();

        Assert.False(await db.Accounts.AnyAsync(account => account.Email == email));
    }

    [Fact]
    public async Task A_purse_below_zero_is_refused_by_the_database_itself()
    {
        await using var db = await _databases.CreateDbContextAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.CreditBalance, -1))
        );
    }

    [Fact]
    public async Task A_unique_value_given_twice_is_recognised()
    {
        await using var db = await _databases.CreateDbContextAsync();
        db.Accounts.Add(new Account { Email = "twice@example.org" });
        db.Accounts.Add(new Account { Email = "twice@example.org" });

        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.True(db.IsDuplicate(refusal));
    }
}

public sealed class DecantDbOnSqlite(ServerOn<Sqlite> on) : DecantDbTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class DecantDbOnPostgres(ServerOn<Postgres> on)
    : DecantDbTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
