namespace Decant.Server.Tests.Fixture;

/// <summary>A clock that stands still until it is told to go on.</summary>
public sealed class ManualTime : TimeProvider
{
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _passed += by;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + _passed;

    public override long GetTimestamp() => _passed.Ticks;
}
