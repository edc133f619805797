using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Decant.Server.Accounts;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Endpoints;

/// <summary><c>GET …/jobs/{id}/events</c>: the job again whenever it has changed, until it has ended, or the credential has.</summary>
internal static class WatchJob
{
    /// <param name="id">The job.</param>
    public static async Task<Results<ServerSentEventsResult<JobView?>, NoContent>> HandleAsync(
        long id,
        HttpContext context,
        DecantDb db,
        IDbContextFactory<DecantDb> databases,
        JobViews views,
        QueueLooks looks,
        JobFeed feed,
        CredentialFeed credentials,
        IOptions<JobsOptions> options,
        TimeProvider time,
        IHostApplicationLifetime lifetime
    )
    {
        var caller = context.GetCaller();
        // Refused as a problem, not as a stream that breaks off.
        var job = await db.GetOwnJobAsync(caller, id, context.RequestAborted);
        if (job.CompletedAt is { } end && EventId.Read(context.Request) is { } shown && shown >= EventId.Of(end))
        {
            // What a browser, which comes back whenever a stream is over, takes for "no more".
            return TypedResults.NoContent();
        }

        await looks.TryLookAsync([job], context.RequestAborted);
        return TypedResults.ServerSentEvents(
            WatchAsync(
                () => feed.Watch(caller.AccountId, id),
                token => credentials.WatchAsync(context, token),
                token => ReadAsync(databases, caller, id, token),
                seen => views.Show(seen, context.Request),
                options.Value.HeartbeatEvery,
                time,
                lifetime.ApplicationStopping,
                context.RequestAborted
            )
        );
    }

    private static async IAsyncEnumerable<SseItem<JobView?>> WatchAsync(
        Func<JobWatch> open,
        Func<CancellationToken, Task<CredentialWatch>> openCredential,
        Func<CancellationToken, Task<Job?>> read,
        Func<Job, JobView> show,
        TimeSpan heartbeat,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Before the row is read, so that no change falls between.
        using var watch = open();
        using var credential = await openCredential(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken, credential.Over);
        JobView? shown = null;
        for (var job = await read(cancellationToken); job is not null && credential.Refusal is null; )
        {
            var view = show(job);
            if (view != shown)
            {
                shown = view;
                yield return new SseItem<JobView?>(view, "job")
                {
                    EventId = EventId.Write(job.CompletedAt ?? time.GetUtcNow()),
                };
            }

            if (job.Status != JobStatus.Processing || await NextAsync(watch, heartbeat, over.Token) is not { } news)
            {
                break;
            }

            if (news == JobNews.None)
            {
                // A stream that says nothing for long is cut off by the proxies between: the job again as it is.
                shown = null;
            }

            job =
                news.Changed.Count > 0
                    ? news.Changed.Values.First()
                    : await ReadAgainAsync(read, job, cancellationToken);
        }

        if (credential.Refusal is { } refusal)
        {
            yield return Refused(refusal);
        }
    }

    /// <returns>The job as it is, or as it was last seen while the database is away: the stream outlives that.</returns>
    private static async Task<Job?> ReadAgainAsync(
        Func<CancellationToken, Task<Job?>> read,
        Job last,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.IsCauseOf(exception))
        {
            return last;
        }
    }

    /// <summary>The last event of a stream whose credential is good no more: named by the code that the next request is refused with, and without data.</summary>
    public static SseItem<JobView?> Refused(ApiException refusal) => new(null, refusal.Error.Code);

    /// <returns>Null where the stream is over: the server stops, or the credential is good no more.</returns>
    public static async Task<JobNews?> NextAsync(JobWatch watch, TimeSpan heartbeat, CancellationToken over)
    {
        try
        {
            return await watch.NextAsync(heartbeat, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return null;
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
