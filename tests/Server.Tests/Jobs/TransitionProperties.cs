using System.Collections.Concurrent;
using Decant.Server.Accounts;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>Whatever is done to a job at once, it has one owner, one end for each beginning, and one end for each hold.</summary>
public abstract class TransitionProperties<TDatabase>
    where TDatabase : ITestDatabase
{
    private const int Jobs = 3;

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(25).WithQuietOnSuccess(true);

    private IDbContextFactory<DecantDb> _databases = null!;
    private JobTransitions _transitions = null!;
    private JobEndings _endings = null!;
    private JobStopping _stopping = null!;
    private Ledger _ledger = null!;

    private enum Act
    {
        Claim,
        TakeOver,
        Move,
        Requeue,
        Wait,
        Park,
        Complete,
        Fail,
        Cancel,
        Retry,
        Delete,
        Crash,
    }

    [Fact]
    public async Task A_job_has_one_owner_and_one_end_for_each_beginning()
    {
        // No queue and no sweep: they would run these jobs, which are rows alone.
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:SweepEvery=1.00:00:00");
        _databases = server.Get<IDbContextFactory<DecantDb>>();
        _transitions = server.Get<JobTransitions>();
        _endings = server.Get<JobEndings>();
        _stopping = server.Get<JobStopping>();
        _ledger = server.Get<Ledger>();
        var moves =
            from act in Gen.Frequency(
                (4, Gen.Constant(Act.Claim)),
                (8, Gen.Elements(Enum.GetValues<Act>().Except([Act.Delete]))),
                (1, Gen.Constant(Act.Delete))
            )
            from job in Gen.Choose(0, Jobs - 1)
            select (Act: act, Job: job);
        var threads = moves.ListOf(10).ListOf(4);
        // FsCheck asks synchronously, and there is no synchronization context to wait for.
        Prop.ForAll(
                threads.ToArbitrary(),
                program => RunAsync([.. program.Select(thread => thread.ToList())]).GetAwaiter().GetResult()
            )
            .Check(Thorough);
    }

    private async Task RunAsync(IReadOnlyList<List<(Act Act, int Job)>> program)
    {
        var caller = await JobRows.CreateAccountAsync(_databases, _ledger);
        var jobs = new Tracked[Jobs];
        for (var index = 0; index < Jobs; index++)
        {
            jobs[index] = new Tracked(await JobRows.CreateAsync(_databases, _ledger, caller));
        }

        await Task.WhenAll(
            program.Select(
                (thread, number) =>
                    Task.Run(async () =>
                    {
                        var run = new Run(number);
                        foreach (var (act, job) in thread)
                        {
                            await DoAsync(caller, jobs[job], run, act);
                        }
                    })
            )
        );

        foreach (var job in jobs)
        {
            await AssertAsync(caller, job);
        }
    }

    private async Task DoAsync(Caller caller, Tracked tracked, Run run, Act act)
    {
        await using var db = await _databases.CreateDbContextAsync();
        run.Owned.TryGetValue(tracked.Id, out var owned);
        switch (act)
        {
            case Act.Claim or Act.TakeOver:
                await ClaimAsync(db, tracked, run, isTakeOver: act == Act.TakeOver);
                break;
            case Act.Crash:
                run.Owned.Remove(tracked.Id);
                break;
            case Act.Move when owned is not null:
                var step = new RunStep(JobStage.Downloading, 50, 1, null);
                var isMine = await JobTransitions.MoveAsync(db, owned.Id, owned.RunId!, step, CancellationToken.None);
                Assert.True(!isMine || tracked.Claims.Contains(owned.RunId!), "A run moved what it never claimed.");
                break;
            case Act.Requeue when owned is not null:
                await LeaveAsync(run, owned, (some, token) => JobTransitions.RequeueAsync(some, owned, true, token));
                break;
            case Act.Wait when owned is not null:
                await LeaveAsync(run, owned, (some, token) => JobTransitions.WaitAsync(some, owned, null, token));
                break;
            case Act.Park when owned is not null:
                var parked = new Parked(owned.Attempts, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "test");
                await LeaveAsync(run, owned, (some, token) => JobTransitions.ParkAsync(some, owned, parked, token));
                break;
            case Act.Complete when owned is not null:
                run.Owned.Remove(tracked.Id);
                tracked.End(await _endings.CompleteAsync(owned, JobRows.Delivery(), CancellationToken.None));
                break;
            case Act.Fail when owned is not null:
                run.Owned.Remove(tracked.Id);
                tracked.End(await _endings.FailAsync(owned, "source_failed", "Test", CancellationToken.None));
                break;
            case Act.Cancel or Act.Delete:
                await StopAsync(tracked, act == Act.Delete);
                break;
            case Act.Retry:
                await RetryAsync(db, caller, tracked);
                break;
        }
    }

    private async Task ClaimAsync(DecantDb db, Tracked tracked, Run run, bool isTakeOver)
    {
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == tracked.Id);
        if (job is null || (job.RunId is not null && !isTakeOver))
        {
            return;
        }

        var runId = run.NextId();
        tracked.Claims.Add(runId);
        if (
            await db.InWriteTransactionAsync(
                token => _transitions.ClaimAsync(db, job, runId, room: null, token),
                CancellationToken.None
            )
        )
        {
            run.Owned[tracked.Id] = job;
        }
    }

    private async Task LeaveAsync(Run run, Job owned, Func<DecantDb, CancellationToken, Task<bool>> leave)
    {
        run.Owned.Remove(owned.Id);
        await _transitions.ApplyAsync(owned.Id, leave, CancellationToken.None);
    }

    private async Task StopAsync(Tracked tracked, bool isDeletion)
    {
        Func<IQueryable<Job>, IQueryable<Job>> which = jobs => jobs.Where(one => one.Id == tracked.Id);
        var stopped = isDeletion
            ? await _stopping.RemoveAsync(which, CancellationToken.None)
            : await _stopping.CancelAsync(which, CancellationToken.None);
        tracked.End(stopped.Any(one => one.IsStopped));
    }

    private async Task RetryAsync(DecantDb db, Caller caller, Tracked tracked) =>
        tracked.Begin(
            await db.InWriteTransactionAsync(
                async token =>
                {
                    var begins = await JobTransitions.RestartAsync(db, tracked.Id, caller.Purse, token);
                    if (begins)
                    {
                        await _ledger.HoldAsync(db, caller, 1, tracked.Id, token);
                    }

                    return begins;
                },
                CancellationToken.None
            )
        );

    private async Task AssertAsync(Caller caller, Tracked tracked)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == tracked.Id);
        var isRunning = job?.Status == JobStatus.Processing;
        Assert.Equal(tracked.Begun - (isRunning ? 1 : 0), tracked.Ended);
        Assert.True(isRunning || job?.RunId is null, "An ended job has an owner.");
        Assert.Equal(isRunning ? 1 : 0, job?.Held ?? 0);
        var entries = await db.Ledger.Where(entry => entry.JobId == tracked.Id).ToListAsync();
        Assert.Equal(tracked.Begun, entries.Count(entry => entry.Kind == EntryKind.Hold));
        Assert.Equal(tracked.Ended, entries.Count(entry => entry.Kind == EntryKind.Release));
        Assert.True(await db.Accounts.AnyAsync(one => one.Id == caller.AccountId && one.CreditBalance >= 0));
    }

    private sealed class Run(int number)
    {
        private int _next;

        public Dictionary<long, Job> Owned { get; } = [];

        public string NextId() => $"run-{number}-{_next++}";
    }

    private sealed class Tracked(long id)
    {
        private int _begun = 1;
        private int _ended;

        public long Id => id;
        public int Begun => _begun;
        public int Ended => _ended;
        public ConcurrentBag<string> Claims { get; } = [];

        public void Begin(bool did) => Interlocked.Add(ref _begun, did ? 1 : 0);

        public void End(bool did) => Interlocked.Add(ref _ended, did ? 1 : 0);
    }
}

public sealed class TransitionPropertiesOnSqlite : TransitionProperties<Sqlite>;

public sealed class TransitionPropertiesOnPostgres : TransitionProperties<Postgres>;
