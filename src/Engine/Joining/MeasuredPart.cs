using Decant.Engine.Fetching;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Joining;

/// <summary>A part of a source that was read to its end.</summary>
/// <param name="Part">Place of the part in the source's file.</param>
/// <param name="Media">Medium in it; its packets are counted.</param>
internal sealed record MeasuredPart(SourcePart Part, ProbedMedia Media) : ITimedPart
{
    private readonly TimeSpan _start = Media.Start ?? Played(Media).Select(read => read.Start).DefaultIfEmpty().Min();

    private readonly TimeSpan _end = Played(Media).Select(read => read.End).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public TimeSpan Reach => ClockReach.Of(Media);

    /// <summary>Period that it is put into; null where it is left on its own clock.</summary>
    public PartWindow? Window { get; init; }

    /// <summary>Beginning of what is presented, on the clock of its period.</summary>
    public TimeSpan Start => _start + Shift + Lead;

    /// <summary>End of what is presented, on the same clock.</summary>
    public TimeSpan End => _end + Shift - Trail;

    /// <summary>Media before the period, which are not presented.</summary>
    public TimeSpan Lead => Beyond(Window?.From - (_start + Shift));

    /// <summary>Media after the period.</summary>
    public TimeSpan Trail => Beyond(_end + Shift - Window?.Until);

    /// <summary>Beginning of what is presented, on the part's own clock.</summary>
    public TimeSpan InPoint => _start + Lead;

    /// <summary>End of what is presented, on the part's own clock.</summary>
    public TimeSpan OutPoint => _end - Trail;

    /// <summary>Length of its media.</summary>
    public TimeSpan Length => _end - _start;

    private TimeSpan Shift => Window?.Shift ?? Media.StreamTime - _start ?? TimeSpan.Zero;

    /// <summary>Agreement of the manifest's period for it with its own clock: of some manifests the clocks go on, or begin anew, untold.</summary>
    public bool Fits
    {
        get
        {
            if (Part.Window is not { } window)
                return false;
            var (start, end) = (_start + window.Shift, _end + window.Shift);
            var inside =
                (window.Until is { } until && until < end ? until : end) - (window.From > start ? window.From : start);
            var most = window.Until - window.From is { } period && period < Length ? period : Length;
            return inside > most / 2;
        }
    }

    private static TimeSpan Beyond(TimeSpan? time) =>
        time is { } outside && outside > SharedClock.LeastLead ? outside : TimeSpan.Zero;

    private static IEnumerable<ReadPackets> Played(ProbedMedia media) =>
        media
            .Streams.Where(stream => stream.Kind is StreamKind.Video or StreamKind.Audio)
            .Select(stream => stream.Packets)
            .OfType<ReadPackets>();
}
