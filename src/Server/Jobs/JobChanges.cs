using System.Collections.Concurrent;

namespace Decant.Server.Jobs;

/// <summary>Tells those who watch a job on this node that its row has changed.</summary>
internal sealed class JobChanges
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _watched = new();

    /// <summary>Completes at the next change. Ask before reading the row, so that no change falls between.</summary>
    public Task Next(long jobId) =>
        _watched
            .GetOrAdd(jobId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .Task;

    public void Announce(long jobId)
    {
        if (_watched.TryRemove(jobId, out var change))
        {
            change.SetResult();
        }
    }
}
