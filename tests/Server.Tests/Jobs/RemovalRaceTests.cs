using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>On PostgreSQL alone, where two transactions write at once; SQLite has one writer.</summary>
public sealed class RemovalRaceTests(ServerOn<Postgres> on) : IClassFixture<ServerOn<Postgres>>
{
    private readonly IDbContextFactory<DecantDb> _databases = on.Server.Get<IDbContextFactory<DecantDb>>();
    private readonly Ledger _ledger = on.Server.Get<Ledger>();

    [Fact]
    public async Task A_job_that_is_run_again_while_it_is_removed_is_cancelled_and_gives_back_what_it_holds_then()
    {
        var id = await FailedJobAsync(cents: 5);

        var removed = await RetriedMeanwhileAsync(id, jobs => jobs.Where(job => job.Id == id));

        Assert.True(Assert.Single(removed).IsStopped);
        await using var db = await _databases.CreateDbContextAsync();
        Assert.False(await db.Jobs.AnyAsync(job => job.Id == id));
        var entries = await db.Ledger.Where(entry => entry.JobId == id).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal(
            ["Credits Hold -1", "Credits Release 1", "Wallet Hold -1", "Wallet Release 1"],
            entries.Select(entry => $"{entry.Purse} {entry.Kind} {entry.Amount}")
        );
    }

    [Fact]
    public async Task A_removal_of_failed_jobs_passes_over_the_one_that_is_run_again_meanwhile()
    {
        var id = await FailedJobAsync(cents: 5);

        var removed = await RetriedMeanwhileAsync(
            id,
            jobs => jobs.Where(job => job.Id == id && job.Status == JobStatus.Failed)
        );

        Assert.Empty(removed);
        await using var db = await _databases.CreateDbContextAsync();
        Assert.True(await db.Jobs.AnyAsync(job => job.Id == id));
        await on.Server.Get<JobStopping>().RemoveAsync(jobs => jobs.Where(job => job.Id == id), CancellationToken.None);
    }

    /// <summary>A job that held a credit and has failed.</summary>
    private async Task<long> FailedJobAsync(long cents)
    {
        var caller = await JobRows.CreateAccountAsync(_databases, _ledger, cents: cents);
        var id = await JobRows.CreateAsync(_databases, _ledger, caller);
        await using var db = await _databases.CreateDbContextAsync();
        var job = await db.Jobs.AsNoTracking().SingleAsync(one => one.Id == id);
        Assert.True(await on.Server.Get<JobEndings>().FailAsync(job, "source_failed", "Test", CancellationToken.None));
        return id;
    }

    /// <summary>Removes jobs while a retry of one of them, paid by the other purse, is written but not yet committed.</summary>
    private async Task<IReadOnlyList<StoppedJob>> RetriedMeanwhileAsync(
        long id,
        Func<IQueryable<Job>, IQueryable<Job>> which
    )
    {
        await using var db = await _databases.CreateDbContextAsync();
        var owner = (await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id)).AccountId!.Value;
        var caller = new Caller(owner, null, Purse.Wallet, false);
        Task<IReadOnlyList<StoppedJob>>? removal = null;
        await db.InWriteTransactionAsync(
            async token =>
            {
                Assert.True(await JobTransitions.RestartAsync(db, id, Purse.Wallet, token));
                await _ledger.HoldAsync(db, caller, 1, id, token);
                removal = on.Server.Get<JobStopping>().RemoveAsync(which, token);
                await LockWaits.UntilOneAsync(db.Database.GetConnectionString()!);
            },
            CancellationToken.None
        );
        return await removal!;
    }
}
