using Decant.Server.Background;
using Decant.Server.Health;
using Decant.Server.Jobs.Watching;
using Quartz;

namespace Decant.Server.Jobs.Queue;

/// <summary>
/// Looks at the queue for the places of those that wait: a single look for all who ask within a moment and, while somebody on this node
/// watches jobs, one a second. Jobs whose places changed are shown again to their watchers. ADR 69.
/// </summary>
internal sealed partial class QueueLooks(
    JobQueue queue,
    QueuePlaces places,
    JobFeed feed,
    JobChanges changes,
    LoopServices services,
    ILogger<QueueLooks> logger
) : PeriodicLoop(TimeSpan.FromSeconds(1), services)
{
    /// <summary>Age of a look within which it answers another question, too: long beside a look, short for a client that asks again.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly Recent<int> _look = new(Moment, services.Time);

    public override Task RunAsync(CancellationToken cancellationToken) =>
        feed.IsWatched ? _look.GetAsync(LookAsync, cancellationToken) : Task.CompletedTask;

    /// <summary>Looks where one of the jobs waits for its turn and has no place of late.</summary>
    public Task TryLookAsync(IEnumerable<Job> jobs, CancellationToken cancellationToken) =>
        places.AreKnown(jobs) ? Task.CompletedTask : TryLookAsync(cancellationToken);

    /// <summary>Has the places be of this moment. Where the queue is out of reach they are unknown before long, and the rest is answered.</summary>
    public async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _look.GetAsync(LookAsync, cancellationToken);
        }
        catch (SchedulerException exception)
        {
            LogUnknown(exception);
        }
    }

    private async Task<int> LookAsync()
    {
        var jobs = await queue.GetLineAsync(isRecording: false, CancellationToken.None);
        var recordings = await queue.GetLineAsync(isRecording: true, CancellationToken.None);
        changes.ShowAgain(places.Take(jobs, recordings));
        return jobs.Count + recordings.Count;
    }

    [LoggerMessage(LogLevel.Warning, "The queue did not say who waits; places are not told")]
    private partial void LogUnknown(Exception exception);
}
