namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Counts who is at work with something that is to end when nobody is.</summary>
internal sealed class Turns
{
    private readonly TaskCompletionSource _allGiven = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _taken;
    private bool _closing;

    /// <summary>False once it is closing and nobody is left: then it may be gone at any time.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_allGiven.Task.IsCompleted)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }

    public void Give()
    {
        lock (_gate)
        {
            _taken--;
            EndWhenEmpty();
        }
    }

    /// <returns>Completes when nobody is at work, and nobody can begin.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            EndWhenEmpty();
            return _allGiven.Task;
        }
    }

    private void EndWhenEmpty()
    {
        if (_closing && _taken == 0)
        {
            _allGiven.TrySetResult();
        }
    }
}
