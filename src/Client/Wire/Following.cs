using System.Runtime.CompilerServices;

namespace Decant.Client.Wire;

/// <summary>Follows jobs to their end: by their events, and by asking where those do not come through.</summary>
internal sealed class Following(ApiCalls calls, TimeProvider time)
{
    /// <summary>Streams that break off before it is asked instead.</summary>
    private const int MostBreaks = 3;
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <returns>The job whenever it has changed; the last one has ended.</returns>
    public async IAsyncEnumerable<Job> WatchAsync(long id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var breaks = 0; ; breaks++)
        {
            if (breaks < MostBreaks)
            {
                await using var events = await JobEvents.TryOpenAsync(calls, id, time, cancellationToken);
                while (events is not null && await events.NextAsync(cancellationToken) is { } seen)
                {
                    yield return seen;
                    if (seen.HasEnded)
                    {
                        yield break;
                    }
                }
            }

            var job = await calls.JobAsync(id, cancellationToken);
            yield return job;
            if (job.HasEnded)
            {
                yield break;
            }

            await Task.Delay(AskEvery, time, cancellationToken);
        }
    }
}
