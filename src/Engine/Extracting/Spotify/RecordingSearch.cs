using System.Globalization;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Looks for a recording on YouTube Music and YouTube: by its ISRC, by its names among songs, by its names among all videos. The first that answers well is enough.</summary>
internal sealed class RecordingSearch(Extractor extractor)
{
    /// <summary>Number of search results that are scored: the right one is among the first, or absent.</summary>
    private const int Results = 15;

    /// <summary>Characters; a search engine reads no more.</summary>
    private const int MaxQuery = 200;

    /// <returns>Recordings whose score is above the floor, the best first; never empty.</returns>
    /// <exception cref="MediaException"><c>content_not_found</c> where nothing is like it, with the best there was.</exception>
    public async Task<IReadOnlyList<Match>> FindAsync(SpotifyRecording wanted, CancellationToken cancellationToken)
    {
        var found = new List<Match>();
        foreach (var (query, place, byIsrc) in Searches(wanted))
        {
            var results = await extractor.SearchAsync(query, place, Results, cancellationToken);
            found.AddRange(results.Select(result => new Match(result, MatchScore.Of(wanted, result, byIsrc), byIsrc)));
            // In the order of the search where the scores are equal.
            var sure = found.Where(match => match.Score >= MatchScore.Floor).OrderByDescending(match => match.Score);
            if (sure.Any())
            {
                return [.. sure];
            }
        }

        throw NothingLike(wanted, found.MaxBy(match => match.Score));
    }

    private static IEnumerable<(string Query, SearchPlace Place, bool ByIsrc)> Searches(SpotifyRecording wanted)
    {
        var names = string.Join(' ', wanted.Artists.Take(2).Append(wanted.Title));
        var query = names.Length <= MaxQuery ? names : names[..MaxQuery];
        if (wanted.Isrc is { } isrc)
        {
            yield return (isrc, SearchPlace.Songs, true);
        }

        if (!wanted.IsEpisode)
        {
            yield return (query, SearchPlace.Songs, false);
        }

        yield return (query, SearchPlace.Videos, false);
    }

    private static MediaException NothingLike(SpotifyRecording wanted, Match? best)
    {
        var sought = $"\"{wanted.Title}\" by {wanted.ArtistLine}";
        if (best is null)
        {
            return new(MediaError.ContentNotFound, $"Nothing like {sought} was found on YouTube Music or YouTube.");
        }

        var (result, score, _) = best;
        return new(
            MediaError.ContentNotFound,
            string.Create(
                CultureInfo.InvariantCulture,
                $"No recording of {sought} was found on YouTube Music or YouTube that is surely the same. The likest is \"{result.Title}\" by {string.Join(", ", result.Artists)} at {result.Url}: it scores {score:0.#} of 100, and {MatchScore.Floor:0} are wanted. If it is what you mean, ask for that address."
            )
        )
        {
            Figures = new Dictionary<string, object?>
            {
                ["best_url"] = result.Url,
                ["best_score"] = score,
                ["required_score"] = MatchScore.Floor,
            },
        };
    }

    /// <param name="Score">Score as <see cref="MatchScore"/> gives it.</param>
    /// <param name="ByIsrc">True for a result found under the recording's ISRC.</param>
    internal sealed record Match(SearchResult Result, double Score, bool ByIsrc);
}
