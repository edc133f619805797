namespace Decant.Server.Jobs.Queue;

/// <summary>Count of the runs on this node, which a stop waits for.</summary>
internal sealed class RunsHere
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _none;
    private int _count;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <returns>Dispose it when the run is over.</returns>
    public IDisposable Enter()
    {
        lock (_lock)
        {
            _count++;
        }

        return new Run(this);
    }

    /// <summary>Waits until no run is left, or for a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task none;
        lock (_lock)
        {
            if (_count == 0)
            {
                return;
            }

            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            none = _none.Task;
        }

        await Task.WhenAny(none, Task.Delay(atMost, time, cancellationToken));
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0)
            {
                _none?.TrySetResult();
            }
        }
    }

    private sealed class Run(RunsHere runs) : IDisposable
    {
        public void Dispose() => runs.Leave();
    }
}
