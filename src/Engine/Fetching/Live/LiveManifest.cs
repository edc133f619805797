using Decant.Engine.Fetching.Dash;

namespace Decant.Engine.Fetching.Live;

/// <summary>
/// Reads one rendition of a DASH manifest (ISO/IEC 23009-1) of a stream that goes on: its newest period, where segments are named by a
/// template, with a timeline or by the clock.
/// </summary>
internal static class LiveManifest
{
    private static readonly TimeSpan UsualTarget = TimeSpan.FromSeconds(5);

    /// <param name="text">The manifest.</param>
    /// <param name="url">Address that it came from.</param>
    /// <param name="representation">Representation whose segments are wanted.</param>
    /// <param name="now">Time now.</param>
    /// <returns>Null for what is no such manifest, or not understood.</returns>
    public static LiveWindow? Read(string text, Uri url, string representation, DateTimeOffset now)
    {
        if (
            DashManifest.Read(text, url) is not { Periods: [.., var period] } manifest
            || period.All.FirstOrDefault(one => one.Id == representation)?.Addressing is not DashTemplate template
            || !template.TryHead(out var head)
        )
        {
            return null;
        }
        var grown = manifest.IsDynamic ? now - manifest.Began - period.Start : period.Duration;
        // Of one that says how long it will be, there is never more than that.
        var listed = template.ListAvailable(period.Duration < grown ? period.Duration : grown, manifest.Depth);
        return listed is null
            ? null
            : new LiveWindow(
                [
                    .. listed.Select(one => new LiveSegment(
                        one.Sequence,
                        one.Segment,
                        one.Duration,
                        head,
                        IsDiscontinuous: false
                    )
                    {
                        Shift = period.Start - template.Beginning,
                    }),
                ],
                listed.Count > 0 ? listed.Max(one => one.Duration) : UsualTarget,
                HasEnded: manifest.HasEnded(now)
            );
    }
}
