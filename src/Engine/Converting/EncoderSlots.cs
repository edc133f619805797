namespace Decant.Engine.Converting;

/// <summary>
/// Limits how many encodings run at once. The last free slot is for encodings whose sources have all arrived: one that waits
/// for a slow network would hold it and use no core.
/// </summary>
internal sealed class EncoderSlots(int count)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly int _mostBesideOne = count - 1;
    private int _free = count;

    /// <summary>Waits for a slot.</summary>
    /// <param name="arrived">Completes when all sources have arrived, or one never will.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <returns>The slot, until it is disposed of.</returns>
    public async Task<IDisposable> TakeAsync(Task arrived, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(arrived);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
        }
        Serve();
        _ = arrived.ContinueWith(
            _ => Serve(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        try
        {
            await waiter.Served.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!Withdraw(waiter))
            {
                GiveBack();
            }
            throw;
        }
        return new Slot(this);
    }

    /// <summary>True where at most one encoding runs and none waits to: the other cores are idle.</summary>
    public bool HasIdleCores
    {
        get
        {
            lock (_lock)
            {
                return _free >= _mostBesideOne && _waiting.Count == 0;
            }
        }
    }

    private bool Withdraw(Waiter waiter)
    {
        lock (_lock)
        {
            return _waiting.Remove(waiter);
        }
    }

    private void GiveBack()
    {
        lock (_lock)
        {
            _free++;
        }
        Serve();
    }

    private void Serve()
    {
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null && _free > 0; )
            {
                var next = node.Next;
                if (_free > 1 || _mostBesideOne == 0 || node.Value.Arrived.IsCompleted)
                {
                    _free--;
                    _waiting.Remove(node);
                    node.Value.Served.SetResult();
                }
                node = next;
            }
        }
    }

    private sealed record Waiter(Task Arrived)
    {
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Slot(EncoderSlots slots) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                slots.GiveBack();
            }
        }
    }
}
