namespace Decant.Engine.Fetching;

/// <summary>A piece of a medium that is served in pieces.</summary>
/// <param name="Url">Address of the file that it is in.</param>
/// <param name="Part">Bytes that it is of that file; null for all.</param>
/// <param name="Cipher">Cipher that it is encrypted with; null where it is not.</param>
internal sealed record Segment(Uri Url, SegmentPart? Part = null, SegmentCipher? Cipher = null)
{
    /// <summary>Playing time; null where nothing says so.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>True where clock and coding have nothing to do with the segment before: an HLS discontinuity, another head, a DASH period.</summary>
    public bool BeginsPart { get; init; }

    /// <summary>Place in the presentation of the part that begins with it; null where nothing says so.</summary>
    public PartWindow? Window { get; init; }

    /// <summary>The same on other servers, for when this one does not have it.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <param name="mirror">0 is where it is, the others count its mirrors.</param>
    public Segment On(int mirror) =>
        mirror == 0 ? this : this with { Url = Mirrors[Math.Min(mirror, Mirrors.Count) - 1] };
}

/// <param name="Start">The first byte.</param>
/// <param name="End">Position after the last byte.</param>
internal sealed record SegmentPart(long Start, long End);

/// <summary>AES-128 in CBC mode (RFC 8216, section 4.3.2.4).</summary>
/// <param name="KeyUrl">Address of the key.</param>
/// <param name="Vector">Sixteen bytes.</param>
internal sealed record SegmentCipher(Uri KeyUrl, byte[] Vector)
{
    public bool Equals(SegmentCipher? other) =>
        other is not null && KeyUrl == other.KeyUrl && Vector.AsSpan().SequenceEqual(other.Vector);

    public override int GetHashCode() => HashCode.Combine(KeyUrl, Vector[^1]);
}

/// <summary>All segments of a medium, in order, and how to ask for them.</summary>
/// <param name="Items">Segments in order; at least one.</param>
/// <param name="Headers">Headers that the origin wants to see.</param>
internal sealed record SegmentList(IReadOnlyList<Segment> Items, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The origin; what stands in its own address has none.</summary>
    public string Host => Items.Select(item => item.Url.IdnHost).FirstOrDefault(host => host.Length > 0) ?? "data:";

    /// <summary>Segments after the first begin anew in clock or coding.</summary>
    public bool HasParts => Items.Skip(1).Any(segment => segment.BeginsPart);

    /// <summary>Playing time of all; null where that of one is not known.</summary>
    public TimeSpan? Duration =>
        Items.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, segment) => sum + segment.Duration) is { Ticks: > 0 } sum
            ? sum
            : null;
}
