using Decant.Server.Background;
using Decant.Server.Cluster;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Watching;

/// <summary>
/// Shows changed jobs to those who watch them on this node, wherever they run. A changed row is read once, however many watch
/// it: a thousand watchers cost a thousand answers and not a thousand queries.
/// </summary>
internal sealed class JobFeed(
    JobChanges changes,
    OtherNodes nodes,
    IDbContextFactory<DecantDb> databases,
    LoopServices services
) : BackgroundLoop(services)
{
    private const int RowsAtOnce = 500;

    /// <summary>Time in which a change waits for others after some were told: each telling is a transaction, and what runs now and then
    /// is told at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly HashSet<JobWatch> _watches = [];
    private long _told;

    /// <summary>True while somebody on this node watches jobs.</summary>
    public bool IsWatched => AllWatches().Count > 0;

    /// <param name="accountId">Account that owns the jobs.</param>
    /// <param name="jobId">Number of one job, or null for all.</param>
    /// <returns>Told of every change from now on, until it is disposed of.</returns>
    public JobWatch Watch(long accountId, long? jobId)
    {
        var watch = new JobWatch(accountId, jobId, Time, Remove);
        lock (_lock)
        {
            _watches.Add(watch);
        }

        return watch;
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await changes.Reader.WaitToReadAsync(stoppingToken);
        var rest = _told == 0 ? TimeSpan.Zero : Together - Time.GetElapsedTime(_told);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, Time, stoppingToken);
        }

        _told = Time.GetTimestamp();
        // All that has come by now, each job once.
        var seen = new HashSet<JobChange>();
        while (changes.Reader.TryRead(out var change))
        {
            seen.Add(change);
        }

        await PassOnAsync(seen, stoppingToken);
    }

    private async Task PassOnAsync(IReadOnlyCollection<JobChange> seen, CancellationToken cancellationToken)
    {
        try
        {
            if (seen.Any(change => change.JobId is null))
            {
                MissSome();
            }

            await ShowAsync([.. seen.Select(change => change.JobId).OfType<long>().Distinct()], cancellationToken);
            var own = seen.Where(change => change.IsOwn).Select(change => change.JobId).OfType<long>();
            await nodes.TellAsync(changes.Place, changes.Messages(own), cancellationToken);
        }
        catch
        {
            // Once the pause is over, their watchers look for themselves.
            changes.MissSome();
            throw;
        }
    }

    private async Task ShowAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 || AllWatches().Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            var jobs = await db
                .Jobs.AsNoTracking()
                .Where(job => some.Contains(job.Id))
                .ToDictionaryAsync(job => job.Id, cancellationToken);
            foreach (var watch in AllWatches())
            {
                foreach (var id in some)
                {
                    watch.Show(id, jobs.GetValueOrDefault(id));
                }
            }
        }
    }

    private void MissSome()
    {
        foreach (var watch in AllWatches())
        {
            watch.MissSome();
        }
    }

    private List<JobWatch> AllWatches()
    {
        lock (_lock)
        {
            return [.. _watches];
        }
    }

    private void Remove(JobWatch watch)
    {
        lock (_lock)
        {
            _watches.Remove(watch);
        }
    }
}
