using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs/{id}/events</c>: the job again whenever it has changed, until it has ended.</summary>
internal static class WatchJob
{
    /// <summary>How long a change made on another node may go unnoticed.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>A stream that says nothing for long is cut off by the proxies between.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    public static async Task<ServerSentEventsResult<JobView>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        IDbContextFactory<DecantDb> databases,
        JobViews views,
        JobChanges changes,
        TimeProvider time,
        IHostApplicationLifetime lifetime
    )
    {
        var caller = context.GetCaller();
        // Refused as a problem, not as a stream that breaks off.
        await db.GetOwnJobAsync(caller, id, context.RequestAborted);
        return TypedResults.ServerSentEvents(
            WatchAsync(
                token => ReadAsync(databases, caller, id, token),
                job => views.Show(job, context.Request),
                () => changes.Next(id),
                time,
                lifetime.ApplicationStopping,
                context.RequestAborted
            )
        );
    }

    private static async IAsyncEnumerable<SseItem<JobView>> WatchAsync(
        Func<CancellationToken, Task<Job?>> read,
        Func<Job, JobView> show,
        Func<Task> nextChange,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        (JobStatus, JobStage, double, long?, double?, string?)? shown = null;
        var shownAt = time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            var change = nextChange();
            if (await read(cancellationToken) is not { } job)
            {
                yield break;
            }

            var state = (job.Status, job.Stage, job.Progress, job.BytesFetched, job.RecordedSeconds, job.Title);
            if (state != shown || time.GetElapsedTime(shownAt) > LongestSilence)
            {
                shown = state;
                shownAt = time.GetTimestamp();
                yield return new SseItem<JobView>(show(job), "job");
            }

            if (job.Status != JobStatus.Processing)
            {
                yield break;
            }

            await Task.WhenAny(change, Task.Delay(Look, time, cancellationToken));
        }
    }

    private static async Task<Job?> ReadAsync(
        IDbContextFactory<DecantDb> databases,
        Caller caller,
        long id,
        CancellationToken cancellationToken
    )
    {
        // A stream may last for hours; it must not hold a connection meanwhile.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .Jobs.AsNoTracking()
            .SingleOrDefaultAsync(job => job.Id == id && job.AccountId == caller.AccountId, cancellationToken);
    }
}
