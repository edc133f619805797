namespace Decant.Engine.Fetching.Dash;

/// <summary>A single file with all of a period in it, its head and index included.</summary>
internal sealed record DashFile : DashAddressing
{
    public override IReadOnlyList<DashSegment>? List(DashPeriod period) =>
        period.Duration is { } duration && At(null) is { } segment
            ? [new DashSegment(0, TimeSpan.Zero, duration, segment)]
            : null;

    public override bool TryHead(out Segment? head)
    {
        head = null;
        return true;
    }
}
