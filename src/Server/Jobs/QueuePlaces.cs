using System.Collections.Frozen;

namespace Decant.Server.Jobs;

/// <summary>Places of the jobs that wait for their turn, as they were when the queue was last looked at. ADR 69.</summary>
internal sealed class QueuePlaces(TimeProvider time)
{
    /// <summary>Age of a look by which no place is told any more: the queue has moved on.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>Age of the last look after which a watcher's place is looked up again.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    private Look _last = new(FrozenDictionary<long, int>.Empty, 0);

    /// <returns>The place of a job among all that wait for a worker (recordings: for one of theirs), 1 for the next to start; to two
    /// digits behind the hundredth. Null for a job that does not wait for its turn, and until its place is known.</returns>
    public int? Of(Job job) =>
        IsInLine(job)
        && Volatile.Read(ref _last) is var last
        && IsFresh(last)
        && last.Places.TryGetValue(job.Id, out var place)
            ? place
            : null;

    /// <summary>Takes a look's findings in the place of the last one's.</summary>
    /// <param name="lines">Jobs by their turns, each line for itself; null for one that has no number (yet).</param>
    /// <returns>Jobs whose place is not the one that was last told.</returns>
    public IReadOnlyList<long> Take(params IReadOnlyList<IReadOnlyList<long?>> lines)
    {
        var places = lines
            .SelectMany(line => line.Select((id, index) => (Id: id, Place: Rounded(index + 1))))
            .Where(one => one.Id is not null)
            .DistinctBy(one => one.Id)
            .ToFrozenDictionary(one => one.Id!.Value, one => one.Place);
        var last = Interlocked.Exchange(ref _last, new Look(places, time.GetTimestamp()));
        var told = IsFresh(last) ? last.Places : FrozenDictionary<long, int>.Empty;
        return [.. places.Where(one => told.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)];
    }

    /// <summary>True where a job waits for nothing but its turn.</summary>
    public static bool IsInLine(Job job) =>
        job is { Status: JobStatus.Processing, Stage: JobStage.Queued, RunId: null };

    /// <returns>True where the place of each that waits for its turn is known, and of late.</returns>
    public bool AreKnown(IEnumerable<Job> jobs)
    {
        var last = Volatile.Read(ref _last);
        var isRecent = time.GetElapsedTime(last.At) < Recent;
        return jobs.Where(IsInLine).All(job => isRecent && last.Places.ContainsKey(job.Id));
    }

    private bool IsFresh(Look look) => time.GetElapsedTime(look.At) < Fresh;

    /// <summary>The place in two digits: whoever waits so far behind is not told of every step, or each start of a job would be news of thousands.</summary>
    private static int Rounded(int place)
    {
        var step = 1;
        while (place / step >= 100)
        {
            step *= 10;
        }

        return (place + (step / 2)) / step * step;
    }

    private sealed record Look(FrozenDictionary<long, int> Places, long At);
}
