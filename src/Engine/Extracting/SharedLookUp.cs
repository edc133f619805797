using System.Diagnostics.CodeAnalysis;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>A look-up that several callers wait for. It is cancelled when the last of them has left.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever leaves last disposes of what is inside.")]
internal sealed class SharedLookUp
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _gate = new();
    private Task<MediaInfo> _look = Task.FromException<MediaInfo>(new InvalidOperationException("Not begun."));
    private int _waiting = 1;

    /// <summary>Starts the look-up for its first caller.</summary>
    public void Begin(Func<CancellationToken, Task<MediaInfo>> lookUp) => _look = lookUp(_cancellation.Token);

    /// <returns>False when everybody has left, and the look-up with them.</returns>
    public bool TryJoin()
    {
        lock (_gate)
        {
            if (_waiting == 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    public async Task<MediaInfo> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _look.WaitAsync(cancellationToken);
        }
        finally
        {
            if (IsLastToLeave())
            {
                await _cancellation.CancelAsync();
                // Its failure has nobody left to hear it, but its end is waited for: a child process may hang on it.
                await ((Task)_look).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _cancellation.Dispose();
            }
        }
    }

    private bool IsLastToLeave()
    {
        lock (_gate)
        {
            return --_waiting == 0;
        }
    }
}
