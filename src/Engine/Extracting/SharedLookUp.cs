using System.Diagnostics.CodeAnalysis;

namespace Decant.Engine.Extracting;

/// <summary>One look-up that several callers wait for. It is cancelled when the last of them has left.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever leaves last disposes of what is inside.")]
internal sealed class SharedLookUp
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly Lock gate = new();
    private Task<MediaInfo> look = Task.FromException<MediaInfo>(new InvalidOperationException("Not begun."));
    private int waiting = 1;

    /// <summary>Starts the look-up for its first caller.</summary>
    public void Begin(Func<CancellationToken, Task<MediaInfo>> lookUp) => look = lookUp(cancellation.Token);

    /// <returns>False when everybody has left, and the look-up with them.</returns>
    public bool TryJoin()
    {
        lock (gate)
        {
            if (waiting == 0)
            {
                return false;
            }

            waiting++;
            return true;
        }
    }

    public async Task<MediaInfo> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await look.WaitAsync(cancellationToken);
        }
        finally
        {
            if (IsLastToLeave())
            {
                await cancellation.CancelAsync();
                // Its failure has nobody left to hear it, but its end is waited for: a child process may hang on it.
                await ((Task)look).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.Dispose();
            }
        }
    }

    private bool IsLastToLeave()
    {
        lock (gate)
        {
            return --waiting == 0;
        }
    }
}
