using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Billing;

/// <summary>What holds of the books, whatever happens to jobs at once and wherever it breaks off.</summary>
public abstract class LedgerProperties<TDatabase>
    where TDatabase : ITestDatabase
{
    private const int Jobs = 4;

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true);

    private IDbContextFactory<DecantDb> _databases = null!;
    private Ledger _ledger = null!;
    private JobEndings _endings = null!;

    private enum Act
    {
        Accept,
        Raise,
        Complete,
        Fail,
        Cancel,
        Grant,
    }

    [Fact]
    public async Task Balances_are_the_sums_of_entries_and_every_hold_is_settled_or_released_once()
    {
        // No sweep: it would run these jobs, which are rows alone.
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:SweepEvery=1.00:00:00");
        _databases = server.Get<IDbContextFactory<DecantDb>>();
        _ledger = server.Get<Ledger>();
        _endings = server.Get<JobEndings>();
        var moves =
            from act in Gen.Elements(Enum.GetValues<Act>())
            from job in Gen.Choose(0, Jobs - 1)
            from seconds in Gen.Choose(0, 600)
            from breaksOff in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Move(act, job, seconds, breaksOff);
        var threads = moves.ListOf(8).ListOf(4);
        // FsCheck asks synchronously, and there is no synchronization context to wait for.
        Prop.ForAll(
                threads.ToArbitrary(),
                Arb.From(Gen.Choose(0, 500)),
                (program, credits) =>
                    RunAsync(program.Select(thread => thread.ToList()), credits).GetAwaiter().GetResult()
            )
            .Check(Thorough);
    }

    private async Task RunAsync(IEnumerable<IReadOnlyList<Move>> program, int credits)
    {
        var caller = await JobRows.CreateAccountAsync(_databases, _ledger, credits);
        var jobs = new long[Jobs];
        for (var index = 0; index < Jobs; index++)
        {
            jobs[index] = await CreateJobAsync(caller);
        }

        await Task.WhenAll(
            program.Select(thread =>
                Task.Run(async () =>
                {
                    foreach (var move in thread)
                    {
                        await DoAsync(caller, jobs[move.Job], move);
                    }
                })
            )
        );

        // Whatever is still under way comes to an end.
        foreach (var job in jobs)
        {
            await DoAsync(caller, job, new Move(Act.Fail, 0, 0, BreaksOff: false));
        }

        await AssertBooksAsync(caller, jobs);
    }

    private async Task DoAsync(Caller caller, long id, Move move)
    {
        await using var db = await _databases.CreateDbContextAsync();
        try
        {
            switch (move.Act)
            {
                case Act.Accept:
                    await InTransactionAsync(db, move, token => AcceptAsync(db, caller, id, move.Seconds, token));
                    break;
                case Act.Raise:
                    await InTransactionAsync(
                        db,
                        move,
                        async token => await _ledger.RaiseAsync(db, await ReadAsync(db, id, token), move.Seconds, token)
                    );
                    break;
                case Act.Cancel:
                    await InTransactionAsync(
                        db,
                        move,
                        async token => await _endings.CancelAsync(db, await ReadAsync(db, id, token), token)
                    );
                    break;
                case Act.Grant:
                    await InTransactionAsync(
                        db,
                        move,
                        token => _ledger.GrantAsync(db, caller.AccountId, Purse.Credits, move.Seconds, "Test", token)
                    );
                    break;
                case Act.Complete:
                    await _endings.CompleteAsync(
                        await ReadAsync(db, id, CancellationToken.None),
                        JobRows.Delivery(move.Seconds),
                        CancellationToken.None
                    );
                    break;
                case Act.Fail:
                    await _endings.FailAsync(
                        await ReadAsync(db, id, CancellationToken.None),
                        "source_failed",
                        "Test",
                        CancellationToken.None
                    );
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(move), move.Act, null);
            }
        }
        catch (ApiException refusal) when (refusal.Error.Status == 402)
        {
            // Too little there; nothing has happened.
        }
        catch (BrokenOffException)
        {
            // As if the connection had gone before the commit.
        }
    }

    /// <summary>As a retry does it: from ended to running, with a hold.</summary>
    private async Task AcceptAsync(DecantDb db, Caller caller, long id, int amount, CancellationToken cancellationToken)
    {
        var started = await db
            .Jobs.Where(job => job.Id == id && job.Status != JobStatus.Processing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(job => job.Status, JobStatus.Processing).SetProperty(job => job.RunId, Run(id)),
                cancellationToken
            );
        if (started > 0)
        {
            await _ledger.HoldAsync(db, caller, amount, id, cancellationToken);
        }
    }

    private static async Task InTransactionAsync(DecantDb db, Move move, Func<CancellationToken, Task> work) =>
        await db.InWriteTransactionAsync(
            async token =>
            {
                await work(token);
                if (move.BreaksOff)
                {
                    throw new BrokenOffException();
                }
            },
            CancellationToken.None
        );

    private async Task AssertBooksAsync(Caller caller, IReadOnlyList<long> jobs)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var account = await db.Accounts.SingleAsync(one => one.Id == caller.AccountId);
        var entries = await db
            .Ledger.Where(entry => entry.AccountId == caller.AccountId)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
        var balance = 0L;
        Assert.All(entries, entry => Assert.True((balance += entry.Amount) >= 0, $"{entry.Kind} leaves {balance}"));
        Assert.Equal(account.CreditBalance, balance);
        Purses.AssertRunningSums(entries);
        foreach (var id in jobs)
        {
            Assert.Equal(0, (await db.Jobs.SingleAsync(job => job.Id == id)).Held);
            AssertOneEndForEachHold([.. entries.Where(entry => entry.JobId == id)]);
        }
    }

    private static void AssertOneEndForEachHold(IReadOnlyList<LedgerEntry> entries)
    {
        long? held = null;
        var mayCharge = false;
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case EntryKind.Hold:
                    // A hold is raised while it stands.
                    (held, mayCharge) = ((held ?? 0) - entry.Amount, false);
                    break;
                case EntryKind.Release:
                    Assert.Equal(held, entry.Amount);
                    (held, mayCharge) = (null, true);
                    break;
                case EntryKind.Charge:
                    Assert.True(mayCharge, "Charged without a hold.");
                    mayCharge = false;
                    break;
                default:
                    Assert.Fail($"A {entry.Kind} of a job.");
                    break;
            }
        }

        Assert.Null(held);
    }

    private async Task<long> CreateJobAsync(Caller caller)
    {
        // Ended, so that the server's own queue leaves it alone.
        var job = JobRows.New(caller, JobStatus.Failed);
        await using var db = await _databases.CreateDbContextAsync();
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job.Id;
    }

    private static Task<Job> ReadAsync(DecantDb db, long id, CancellationToken cancellationToken) =>
        db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id, cancellationToken);

    private static string Run(long id) => $"run-{id}";

    private sealed record Move(Act Act, int Job, int Seconds, bool BreaksOff);

    private sealed class BrokenOffException : Exception;
}

public sealed class LedgerPropertiesOnSqlite : LedgerProperties<Sqlite>;

public sealed class LedgerPropertiesOnPostgres : LedgerProperties<Postgres>;
