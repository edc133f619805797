namespace Decant.Server.Health;

/// <summary>The outcome of a look that costs something, shared by all who ask within a while.</summary>
/// <param name="fresh">How long it is good for, from the beginning of the look.</param>
/// <param name="time">The clock.</param>
internal sealed class Recent<T>(TimeSpan fresh, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<T>? _look;
    private long _began;

    public Task<T> GetAsync(Func<Task<T>> look, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_began) > fresh))
            {
                _began = time.GetTimestamp();
                // Shared by all who ask, so no one's going away ends it.
                _look = look();
            }

            return _look.WaitAsync(cancellationToken);
        }
    }
}
