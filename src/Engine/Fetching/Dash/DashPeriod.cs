using System.Xml.Linq;

namespace Decant.Engine.Fetching.Dash;

/// <summary>A part of a DASH presentation, with streams of its own.</summary>
/// <param name="Start">Beginning in the presentation.</param>
/// <param name="Duration">Playing time; null where nothing says so.</param>
/// <param name="IsLast">No other follows.</param>
/// <param name="Sets">The adaptation sets, in the manifest's order.</param>
internal sealed record DashPeriod(
    TimeSpan Start,
    TimeSpan? Duration,
    bool IsLast,
    IReadOnlyList<IReadOnlyList<DashRepresentation>> Sets
)
{
    public IEnumerable<DashRepresentation> All => Sets.SelectMany(set => set);

    public static DashPeriod Of(XElement element, Uri url, TimeSpan start, TimeSpan? duration, bool isLast) =>
        new(
            start,
            duration,
            isLast,
            [
                .. element
                    .Named("AdaptationSet")
                    .Select(set =>
                        (IReadOnlyList<DashRepresentation>)
                            [.. set.Named("Representation").Select(one => DashRepresentation.Of(one, url))]
                    ),
            ]
        );
}
