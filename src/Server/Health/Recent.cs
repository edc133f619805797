namespace Decant.Server.Health;

/// <summary>The outcome of a look that costs something, shared by all who ask within a while.</summary>
/// <param name="fresh">Time for which it is good, from the beginning of the look.</param>
/// <param name="time">The clock.</param>
/// <param name="meanwhile">Age up to which the last outcome is told at once while a newer look is under way or has failed; without it
/// whoever asks waits for that look.</param>
internal sealed class Recent<T>(TimeSpan fresh, TimeProvider time, TimeSpan meanwhile = default)
{
    private readonly Lock _lock = new();
    private Task<T>? _look;
    private long _began;
    private Task<T>? _last;
    private long _lastBegan;

    public Task<T> GetAsync(Func<Task<T>> look, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_began) > fresh))
            {
                if (_look is { IsCompletedSuccessfully: true })
                {
                    (_last, _lastBegan) = (_look, _began);
                }

                _began = time.GetTimestamp();
                // Shared by all who ask, so no one's going away ends it.
                _look = look();
            }

            return !_look.IsCompletedSuccessfully && _last is not null && time.GetElapsedTime(_lastBegan) <= meanwhile
                ? _last
                : _look.WaitAsync(cancellationToken);
        }
    }
}
