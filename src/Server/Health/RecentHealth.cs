using Decant.Engine;

namespace Decant.Server.Health;

/// <summary>The engine's health as of a few seconds ago at most: a look starts two programs, and anyone may ask.</summary>
internal sealed class RecentHealth(MediaEngine engine, TimeProvider time)
{
    private readonly Recent<EngineHealth> _recent = new(TimeSpan.FromSeconds(5), time);

    public Task<EngineHealth> GetAsync(CancellationToken cancellationToken) =>
        _recent.GetAsync(() => engine.CheckHealthAsync(CancellationToken.None), cancellationToken);
}
