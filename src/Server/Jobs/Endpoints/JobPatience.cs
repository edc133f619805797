using Decant.Server.Accounts;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Decant.Server.Manners;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>Waits for a job's change, for clients that can neither read a stream of events nor take a webhook.</summary>
internal sealed class JobPatience(
    JobFeed feed,
    CredentialFeed credentials,
    JobViews views,
    TimeProvider time,
    IHostApplicationLifetime lifetime
)
{
    /// <param name="caller">Account that owns the job.</param>
    /// <param name="id">The job.</param>
    /// <param name="longest">Longest wait.</param>
    /// <param name="context">The request; a tag in <c>If-None-Match</c> says which state the client has seen.</param>
    /// <param name="db">Database, for the job's row.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>The job when it has changed, at once where it has ended or the client has seen another state; as it is when the time is up, or the server stops.</returns>
    /// <exception cref="ApiException"><c>not_found</c>; or the credential is good no more.</exception>
    public async Task<Job> WaitAsync(
        Caller caller,
        long id,
        TimeSpan longest,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        // Before the row is read, so that no change falls between.
        using var watch = feed.Watch(caller.AccountId, id);
        var seen = await db.GetOwnJobAsync(caller, id, cancellationToken);
        if (seen.Status != JobStatus.Processing || HasSeenAnother(context, seen))
        {
            return seen;
        }

        using var credential = await credentials.WatchAsync(context, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            lifetime.ApplicationStopping,
            cancellationToken,
            credential.Over
        );
        var began = time.GetTimestamp();
        var job = seen;
        while (Show(job, context) == Show(seen, context) && longest - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            var news = await WatchJob.NextAsync(watch, left, over.Token);
            if (credential.Refusal is { } refusal)
            {
                throw refusal;
            }

            if (news is null || news == JobNews.None)
            {
                break;
            }

            job =
                news.Changed.Count > 0
                    ? news.Changed.Values.First() ?? throw OwnJobs.Missing(id)
                    : await db.GetOwnJobAsync(caller, id, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return job;
    }

    /// <summary>The job without its place in the queue, which changes for as long as others are served: nobody waits for that.</summary>
    private JobView Show(Job job, HttpContext context) =>
        views.Show(job, context.Request) with
        {
            QueuePosition = null,
        };

    private bool HasSeenAnother(HttpContext context, Job job) =>
        context.Request.Headers.IfNoneMatch.Count > 0
        && !ConditionalAnswer.Of(views.Show(job, context.Request), context).IsKnownTo(context.Request);
}
