using Decant.Engine.Sources;

namespace Decant.Server.Jobs.Requests;

/// <summary>The recording that the sound is really had from, found by its likeness to the one that was asked for.</summary>
/// <param name="Url">Page of the match, on YouTube Music or YouTube.</param>
/// <param name="Score">0 to 100: how surely it is the same recording. Below 70 it is not offered.</param>
/// <param name="Title">Title of the match.</param>
/// <param name="Artist">Performers of the match, or whoever put it up.</param>
/// <param name="DurationDifference">Seconds by which the match is longer than what was asked for; negative where shorter, null where a length is unknown.</param>
/// <param name="ByIsrc">True where it was found under the recording's ISRC.</param>
internal sealed record Matched(
    Uri Url,
    double Score,
    string Title,
    string? Artist,
    double? DurationDifference,
    bool ByIsrc
)
{
    /// <returns>Null for what is had from the page that was asked for.</returns>
    public static Matched? Of(MediaInfo info) =>
        info.Match is { } match
            ? new Matched(
                match.Url,
                match.Score,
                match.Title,
                match.Artist,
                match.LengthDifference is { } difference ? Math.Round(difference.TotalSeconds, 3) : null,
                match.ByIsrc
            )
            : null;
}
