namespace Decant.Server.Tests.Fixture;

/// <summary>Lines that a process writes. They arrive later than what they tell of is to be seen elsewhere, so whoever looks for one waits for it.</summary>
internal sealed class HeardLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _next = New();

    public void Hear(string line)
    {
        TaskCompletionSource heard;
        lock (_lock)
        {
            _lines.Add(line);
            (heard, _next) = (_next, New());
        }

        heard.SetResult();
    }

    /// <summary>Forgets what was heard so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _lines.Clear();
        }
    }

    /// <returns>Everything that was heard so far.</returns>
    public IReadOnlyList<string> Lines()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    /// <returns>The first line that holds <paramref name="words"/>.</returns>
    public async Task<string> LineAsync(string words)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_lines.Find(line => line.Contains(words, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                next = _next.Task;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"No line holds '{words}'; these came:\n{string.Join('\n', Lines())}", late);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
