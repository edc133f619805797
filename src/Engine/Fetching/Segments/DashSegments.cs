using Decant.Engine.Errors;
using Decant.Engine.Fetching.Dash;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Lists the segments of a DASH rendition, heads of its periods included.</summary>
internal static class DashSegments
{
    /// <summary>Number of the doubtful segments, which a rounded length names, that are asked for: where all these are there, so are the others.</summary>
    private const int MostAsked = 4;

    /// <exception cref="MediaException"><c>unsupported_url</c> with what in the manifest is not understood; else what the source did.</exception>
    public static async Task<IReadOnlyList<Segment>> FindAsync(
        DashRendition rendition,
        SegmentRequest requests,
        CancellationToken cancellationToken
    )
    {
        if (rendition.Flaw is { } flaw)
        {
            throw Unsupported(rendition, flaw);
        }
        var all = new List<Segment>();
        foreach (var part in rendition.Parts)
        {
            if (
                part.Representation.Addressing is not { } addressing
                || addressing.List(part.Period) is not { } listed
                || !addressing.TryHead(out var head)
            )
            {
                throw Unsupported(rendition, "says in a way that is not understood where the segments are");
            }
            var media = await WithoutDoubtAsync(part.Period, listed, requests, cancellationToken);
            var begins = all.Count;
            if (head is not null && media.Count > 0)
            {
                all.Add(head with { Duration = TimeSpan.Zero });
            }
            all.AddRange(media.Select(one => one.Segment with { Duration = one.Duration }));
            if (all.Count > begins)
            {
                all[begins] = all[begins] with { BeginsPart = begins > 0, Window = part.Window };
            }
        }
        return all.Count > 0 ? all : throw Unsupported(rendition, "names no segments");
    }

    /// <summary>Segments that begin after the end of their period are another period's business; the last period's are asked for.</summary>
    private static async Task<IReadOnlyList<DashSegment>> WithoutDoubtAsync(
        DashPeriod period,
        IReadOnlyList<DashSegment> listed,
        SegmentRequest requests,
        CancellationToken cancellationToken
    )
    {
        var sure = listed.Count;
        while (sure > 0 && listed[sure - 1].IsDoubtful)
        {
            sure--;
        }
        if (sure == listed.Count)
        {
            return listed;
        }
        if (!period.IsLast)
        {
            return [.. listed.TakeWhile((one, index) => index < sure || one.Start < period.Duration)];
        }
        for (var index = sure; index < Math.Min(listed.Count, sure + MostAsked); index++)
        {
            if (!await requests.IsThereAsync(listed[index].Segment.Url, cancellationToken))
            {
                return [.. listed.Take(index)];
            }
        }
        return listed;
    }

    private static MediaException Unsupported(DashRendition rendition, string flaw)
    {
        var host = rendition.Parts[0].Representation.Addressing?.Bases[0].IdnHost;
        return new MediaException(
            MediaError.UnsupportedUrl,
            host is null
                ? $"The stream cannot be fetched: its manifest {flaw}."
                : $"The stream at '{host}' cannot be fetched: its manifest {flaw}."
        );
    }
}
