namespace Decant.Engine.Fetching.Dash;

/// <summary>A stream of a DASH presentation through all of its periods.</summary>
/// <param name="Parts">Parts, one for each period that has anything in it, in order; at least one.</param>
internal sealed record DashRendition(IReadOnlyList<DashPart> Parts)
{
    /// <summary>Flaw of the manifest, to follow "its manifest"; null where all of it is understood.</summary>
    public string? Flaw { get; init; }

    /// <summary>Playing time for certain; null where that is not known.</summary>
    public TimeSpan? Duration =>
        Parts.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, part) => sum + part.Duration) is { Ticks: > 0 } duration
            ? duration
            : null;

    /// <param name="manifest">The whole.</param>
    /// <param name="period">Period that lists the reference.</param>
    /// <param name="reference">Representation as it is in that period.</param>
    public static DashRendition Of(DashManifest manifest, DashPeriod period, DashRepresentation reference)
    {
        // What has no streams offers nothing to anybody: players go on with the next.
        var periods = manifest.Periods.Where(one => ReferenceEquals(one, period) || one.All.Any(IsMedia)).ToList();
        var parts = periods
            .Select(one => (one, Match: ReferenceEquals(one, period) ? reference : Like(reference, one)))
            .Where(pair => pair.Match is not null)
            .Select(pair => new DashPart(pair.one, pair.Match!))
            .ToList();
        var whole = parts.Aggregate(
            new List<DashPart>(),
            (joined, part) =>
            {
                if (joined is [.., var last] && last.Join(part) is { } longer)
                    joined[^1] = longer;
                else
                    joined.Add(part);
                return joined;
            }
        );
        return new DashRendition(whole)
        {
            Flaw =
                parts.Count < periods.Count ? $"has periods without {Name(reference.Kind)}"
                : parts.Exists(part => part.Representation.Addressing?.List(part.Period) is null && !part.IsFile)
                    ? "says in a way that is not understood where the segments are"
                : null,
        };
    }

    private static bool IsMedia(DashRepresentation one) => one.Kind is DashKind.Video or DashKind.Audio;

    private static string Name(DashKind kind) => kind == DashKind.Audio ? "sound" : "a picture";

    /// <summary>The representation of a period that goes on with another period's.</summary>
    private static DashRepresentation? Like(DashRepresentation reference, DashPeriod period) =>
        period
            .All.Where(one => one.Kind == reference.Kind && !one.IsTrickMode)
            .OrderBy(one => one.Language != reference.Language)
            .ThenBy(one => (one.Purpose == DashPurpose.Aside) != (reference.Purpose == DashPurpose.Aside))
            .ThenBy(one => one.SetId != reference.SetId)
            .ThenBy(one => Family(one) != Family(reference))
            .ThenBy(one => Math.Abs((one.Height ?? 0) - (reference.Height ?? 0)))
            .ThenBy(one => one.Codecs != reference.Codecs)
            .ThenBy(one => one.SampleRate != reference.SampleRate)
            .ThenBy(one => one.Id != reference.Id)
            .ThenBy(one => Math.Abs((one.Bandwidth ?? 0) - (reference.Bandwidth ?? 0)))
            .FirstOrDefault();

    private static string? Family(DashRepresentation one) => one.Codecs?.Split('.')[0];
}

/// <param name="Period">Period of the part.</param>
/// <param name="Representation">Representation that it takes there.</param>
internal sealed record DashPart(DashPeriod Period, DashRepresentation Representation)
{
    public bool IsFile => Representation.Addressing is DashFile;

    /// <summary>Place of its media in the presentation; null where their clock is not known.</summary>
    public PartWindow? Window =>
        Representation.Addressing is { } addressing
            ? new PartWindow(
                Period.Start - addressing.Beginning,
                Period.Start,
                Period.IsLast ? null : Period.Start + Period.Duration
            )
            {
                File = addressing is DashFile ? addressing.Bases[0] : null,
            }
            : null;

    /// <summary>A single file that another period goes on with, at the place where this one leaves it.</summary>
    /// <returns>Both as one; null where the two are not of one piece.</returns>
    public DashPart? Join(DashPart next) =>
        Window is { File: { } file } here
        && next.Window is { } there
        && file == there.File
        && (here.Shift - there.Shift).Duration() < Rounding
        && (there.From - here.Until)?.Duration() < Rounding
            ? this with
            {
                Period = Period with { Duration = Period.Duration + next.Period.Duration, IsLast = next.Period.IsLast },
            }
            : null;

    /// <summary>Largest difference by which a manifest's times are rounded.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="DashRendition.Duration"/>
    public TimeSpan? Duration
    {
        get
        {
            if (Representation.Addressing?.List(Period) is not { } listed)
                return null;
            var sure = listed.Where(segment => !segment.IsDoubtful).ToList();
            var (all, presented) = (Sum(sure, segment => segment.Duration), Sum(sure, Presented));
            // Of some manifests the clocks have nothing to do with their periods.
            return presented > all / 2 ? presented : all;
        }
    }

    private static TimeSpan Sum(List<DashSegment> segments, Func<DashSegment, TimeSpan> of) =>
        segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + of(segment));

    /// <summary>The part of a segment's length that lies within its period.</summary>
    private TimeSpan Presented(DashSegment segment)
    {
        var (start, end) = (segment.Start, segment.Start + segment.Duration);
        start = start > TimeSpan.Zero ? start : TimeSpan.Zero;
        end = !Period.IsLast && Period.Duration < end ? Period.Duration.Value : end;
        return end > start ? end - start : TimeSpan.Zero;
    }
}
