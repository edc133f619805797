namespace Decant.Engine.Fetching.Dash;

/// <summary>A stream of a DASH presentation through all of its periods.</summary>
/// <param name="Parts">One for each period that has anything in it, in order; at least one.</param>
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
    /// <param name="period">Which period lists it.</param>
    /// <param name="reference">As it is in that period.</param>
    public static DashRendition Of(DashManifest manifest, DashPeriod period, DashRepresentation reference)
    {
        // What has no streams offers nothing to anybody: players go on with the next.
        var periods = manifest.Periods.Where(one => ReferenceEquals(one, period) || one.All.Any(IsMedia)).ToList();
        var parts = periods
            .Select(one => (one, Match: ReferenceEquals(one, period) ? reference : Like(reference, one)))
            .Where(pair => pair.Match is not null)
            .Select(pair => new DashPart(pair.one, pair.Match!))
            .ToList();
        return new DashRendition(parts)
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

/// <param name="Period">When.</param>
/// <param name="Representation">What of it.</param>
internal sealed record DashPart(DashPeriod Period, DashRepresentation Representation)
{
    public bool IsFile => Representation.Addressing is DashFile;

    /// <inheritdoc cref="DashRendition.Duration"/>
    public TimeSpan? Duration =>
        Representation
            .Addressing?.List(Period)
            ?.Where(segment => !segment.IsDoubtful)
            .Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);
}
