using System.Collections.Concurrent;

namespace Decant.Engine.Fetching;

/// <summary>Fetched files that are used no more, closed beside what comes next: of one that was deleted the last to close it frees the disk's room, which takes a second for some gigabytes.</summary>
internal sealed class LateClosing : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, IDisposable> _underWay = new();

    public void Close(IDisposable file)
    {
        var closing = new Task(file.Dispose);
        _underWay[closing] = file;
        _ = closing.ContinueWith(
            done => _underWay.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        closing.Start(TaskScheduler.Default);
    }

    /// <summary>Waits for all that is being closed.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_underWay.Keys);
}
