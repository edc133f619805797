using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Decant.Server.Accounts;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>
/// <c>GET …/events</c>: all of the caller's jobs as they change. Begins with those in PROCESSING; for a watcher that comes
/// back with the id of the last event it saw (<see cref="EventId"/>), also with those that ended since.
/// </summary>
internal sealed class WatchJobs(
    IDbContextFactory<DecantDb> databases,
    JobFeed feed,
    CredentialFeed credentials,
    QueueLooks looks,
    IOptions<JobsOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime
)
{
    private const int RowsAtOnce = 200;

    /// <summary>An end is written with the time before its commit, and by the clock of the node that wrote it: so much of what was seen is shown again.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static ServerSentEventsResult<JobView?> Handle(HttpContext context, WatchJobs watching, JobViews views)
    {
        var seen = EventId.Read(context.Request);
        return TypedResults.ServerSentEvents(
            watching.WatchAsync(context, seen, job => views.Show(job, context.Request), context.RequestAborted)
        );
    }

    private async IAsyncEnumerable<SseItem<JobView?>> WatchAsync(
        HttpContext context,
        long? seen,
        Func<Job, JobView> show,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        using var watch = feed.Watch(account, jobId: null);
        using var credential = await credentials.WatchAsync(context, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            lifetime.ApplicationStopping,
            cancellationToken,
            credential.Over
        );
        for (var lookAround = true; credential.Refusal is null; )
        {
            var sawAll = true;
            if (lookAround)
            {
                await looks.TryLookAsync(cancellationToken);
                // Without ids until all of it is told: one who is cut off in the middle comes back for the whole.
                var now = EventId.Of(time.GetUtcNow());
                await foreach (var job in ReadAsync(account, seen, cancellationToken))
                {
                    sawAll = job is not null;
                    if (job is not null)
                    {
                        yield return new SseItem<JobView?>(show(job), "job");
                    }
                }

                seen = sawAll ? now : seen;
                yield return Heartbeat(seen);
            }

            if (await WatchJob.NextAsync(watch, options.Value.HeartbeatEvery, over.Token) is not { } news)
            {
                break;
            }

            lookAround = news.MissedSome || !sawAll;
            seen = lookAround ? seen : EventId.Of(time.GetUtcNow());
            foreach (var job in news.Changed.Values.OfType<Job>())
            {
                yield return new SseItem<JobView?>(show(job), "job") { EventId = Text(seen) };
            }

            if (news == JobNews.None)
            {
                yield return Heartbeat(seen);
            }
        }

        if (credential.Refusal is { } refusal)
        {
            yield return WatchJob.Refused(refusal);
        }
    }

    /// <summary>An event without data.</summary>
    private static SseItem<JobView?> Heartbeat(long? seen) => new(null, "heartbeat") { EventId = Text(seen) };

    private static string? Text(long? seen) => seen?.ToString(CultureInfo.InvariantCulture);

    /// <returns>The jobs; null at their end where the database was away before all of them were read.</returns>
    private async IAsyncEnumerable<Job?> ReadAsync(
        long account,
        long? seen,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Those that ended first: one that ends while they are read is news to the watch, which is open already.
        if (seen is { } until)
        {
            var since = DateTimeOffset.FromUnixTimeMilliseconds(until) - Margin;
            await foreach (
                var job in PagesAsync(
                    (jobs, last) => EndedAfter(jobs.Where(job => job.AccountId == account), last, since),
                    cancellationToken
                )
            )
            {
                yield return job;
                if (job is null)
                {
                    yield break;
                }
            }
        }

        await foreach (
            var job in PagesAsync(
                (jobs, last) => ProcessingAfter(jobs.Where(job => job.AccountId == account), last),
                cancellationToken
            )
        )
        {
            yield return job;
        }
    }

    private static IQueryable<Job> EndedAfter(IQueryable<Job> jobs, Job? last, DateTimeOffset since)
    {
        var ended = last is { CompletedAt: { } time, Id: var id }
            ? jobs.Where(job => job.CompletedAt >= time && (job.CompletedAt > time || job.Id > id))
            : jobs.Where(job => job.CompletedAt >= since);
        return ended.OrderBy(job => job.CompletedAt).ThenBy(job => job.Id);
    }

    private static IQueryable<Job> ProcessingAfter(IQueryable<Job> jobs, Job? last)
    {
        var id = last?.Id ?? 0;
        return jobs.Where(job => job.Status == JobStatus.Processing && job.Id > id).OrderBy(job => job.Id);
    }

    /// <summary>Reads page by page, each from its own connection and from where the last one ended.</summary>
    /// <returns>The jobs; null at their end where the database is away.</returns>
    private async IAsyncEnumerable<Job?> PagesAsync(
        Func<IQueryable<Job>, Job?, IQueryable<Job>> after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        List<Job>? page;
        Job? last = null;
        do
        {
            page = await TryReadAsync(jobs => after(jobs, last).Take(RowsAtOnce), cancellationToken);
            if (page is null)
            {
                yield return null;
                yield break;
            }

            foreach (var job in page)
            {
                yield return last = job;
            }
        } while (page.Count == RowsAtOnce);
    }

    private async Task<List<Job>?> TryReadAsync(
        Func<IQueryable<Job>, IQueryable<Job>> which,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await which(db.Jobs.AsNoTracking()).ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            return null;
        }
    }
}
