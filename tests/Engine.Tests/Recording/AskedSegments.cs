using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Lab;

namespace Decant.Engine.Tests.Recording;

/// <summary>Segments of a stream of the lab that a recording has asked for. Each is a second long.</summary>
internal static class AskedSegments
{
    /// <summary>Numbers of the segments in the order in which they were asked for.</summary>
    /// <param name="lab">Lab of the stream.</param>
    /// <param name="address">Address of a segment as a regular expression, whose first group is its number.</param>
    public static IReadOnlyList<int> AskedFor(this LabInternet lab, string address) =>
        [
            .. lab
                .Requests.All.Select(request =>
                    Regex.Match(request.Url.AbsoluteUri, address, RegexOptions.NonBacktracking)
                )
                .Where(match => match.Success)
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];

    /// <summary>
    /// Holds that a recording has all segments from the first that it asked for to the last that its stream had, but for those that it
    /// says are missing: however busy the machine was in between.
    /// </summary>
    /// <param name="lab">Lab of the stream.</param>
    /// <param name="stream">Name of the stream, which has ended.</param>
    /// <param name="address">Address of a segment as a regular expression, whose first group is its number.</param>
    /// <param name="made">File of the recording.</param>
    public static void AssertAllIn(this LabInternet lab, string stream, string address, ExtractionResult made)
    {
        var missing = made.Gaps.Sum(gap => gap.Duration!.Value.TotalSeconds);
        var expected = lab.Live.SegmentsOf(stream) - lab.AskedFor(address).Min();
        Assert.Equal(expected, made.Duration.TotalSeconds + missing, tolerance: 0.5);
    }
}
