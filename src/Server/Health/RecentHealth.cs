using Decant.Engine;

namespace Decant.Server.Health;

/// <summary>The engine's health as of a few seconds ago at most: a look starts two programs, and anyone may ask.</summary>
internal sealed class RecentHealth(MediaEngine engine, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<EngineHealth>? _look;
    private long _began;

    public Task<EngineHealth> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_began) > Fresh))
            {
                _began = time.GetTimestamp();
                // Shared by all who ask, so no one's going away ends it.
                _look = engine.CheckHealthAsync(CancellationToken.None);
            }

            return _look.WaitAsync(cancellationToken);
        }
    }
}
