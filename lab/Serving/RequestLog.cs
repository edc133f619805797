namespace Decant.Lab.Serving;

/// <summary>Every request the lab got, in order, for tests to count and to wait for.</summary>
public sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<RequestRecord> _records = [];
    private TaskCompletionSource _changed = New();

    public IReadOnlyList<RequestRecord> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    public IReadOnlyList<RequestRecord> For(string path) => [.. All.Where(record => record.Path == path)];

    /// <summary>How often a path was asked for, on whatever host.</summary>
    public int Hits(string path) => For(path).Count;

    /// <summary>Bytes sent so far to whoever asked for an address that has a text in it.</summary>
    public long BytesSent(string text) =>
        All.Where(record => record.Url.AbsoluteUri.Contains(text, StringComparison.Ordinal))
            .Sum(record => record.BytesSent);

    /// <summary>Returns once <paramref name="path"/> was asked for <paramref name="times"/> times.</summary>
    public async Task WaitForAsync(string path, int times, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (Hits(path) >= times)
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal void Add(RequestRecord record)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _records.Add(record);
            waiting = _changed;
            _changed = New();
        }

        waiting.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
