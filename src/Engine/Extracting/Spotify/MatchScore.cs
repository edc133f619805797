using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Score of a search result: the certainty that it is the wanted recording. Pure.</summary>
/// <remarks>
/// The parts are multiplied, so that none makes up for another: the right length does not make another song of it, nor the
/// right name another length. <c>docs/adr/0013</c> says where the numbers come from.
/// </remarks>
internal static class MatchScore
{
    /// <summary>Lowest score of a match; below it, another recording is more likely.</summary>
    public const double Floor = 70;

    /// <summary>A live version, a cover or a remix of what was asked for is not what was asked for.</summary>
    private const double OtherVersion = 0.5;

    /// <summary>A video's uploader may have cut it, or talk over it.</summary>
    private const double Video = 0.97;

    /// <summary>The performer stands in the title of somebody else's upload.</summary>
    private const double NamedInTitle = 0.85;

    /// <summary>Score of an unknown length, as if it were some seconds off.</summary>
    private const double UnknownLength = 0.5;

    /// <summary>An episode of hours has advertisements put in and taken out; its difference counts as that of a song of this length.</summary>
    private static readonly TimeSpan SongLength = TimeSpan.FromMinutes(3);

    /// <param name="wanted">Recording that is looked for.</param>
    /// <param name="found">Result that a search brought.</param>
    /// <param name="byIsrc">The search was for the recording's ISRC.</param>
    /// <returns>0 to 100.</returns>
    public static double Of(SpotifyRecording wanted, SearchResult found, bool byIsrc)
    {
        var (asked, title) = (RecordingName.Of(wanted.Title), RecordingName.Of(found.Title));
        var name = NameOf(wanted, asked, title);
        if (byIsrc)
        {
            // The code names the recording; the two sites may spell it in two ways.
            name = (1 + name) / 2;
        }

        var score = name * Math.Sqrt(ArtistsOf(wanted, found)) * AlbumOf(wanted, found) * LengthOf(wanted, found);
        if (!asked.IsSameVersion(title))
        {
            score *= OtherVersion;
        }

        return Math.Round(100 * (found.IsSong ? score : score * Video), 1);
    }

    /// <summary>100·e^(−0.1·Δ), as a share: a second off is 0.9, ten are 0.37.</summary>
    public static double Nearness(TimeSpan difference) => Math.Exp(-0.1 * Math.Abs(difference.TotalSeconds));

    private static double NameOf(SpotifyRecording wanted, RecordingName asked, RecordingName title)
    {
        // Videos are called "Performer - Name"; a performer that the name itself has stays.
        var performers = wanted
            .Artists.SelectMany(artist => RecordingName.Plain(artist).Split(' '))
            .Except(asked.Words)
            .ToHashSet(StringComparer.Ordinal);
        var bare = title.Words.Where(word => !performers.Contains(word)).ToList();
        return Math.Max(Likeness.Of(asked.Words, bare), Likeness.Of(asked.Words, title.Words));
    }

    /// <summary>Points for the artists: all for the main performer and every guest, most for the main performer alone.</summary>
    private static double ArtistsOf(SpotifyRecording wanted, SearchResult found)
    {
        var present = wanted.Artists.Select(artist => Presence(artist, found)).ToList();
        return present switch
        {
            [] => 0,
            [var only] => only,
            [var main, .. var guests] => main * (0.85 + (0.15 * guests.Average())),
        };
    }

    private static double Presence(string artist, SearchResult found)
    {
        var name = RecordingName.Plain(artist);
        var words = name.Split(' ');
        var best = found
            .Artists.Select(other => Likeness.Of(words, RecordingName.Plain(other).Split(' ')))
            .DefaultIfEmpty(0)
            .Max();
        if (
            best < NamedInTitle
            && name.Length > 0
            && $" {RecordingName.Plain(found.Title)} ".Contains($" {name} ", StringComparison.Ordinal)
        )
        {
            return NamedInTitle;
        }

        // Half the letters in common is no kinship.
        return best < 0.6 ? 0 : best;
    }

    /// <summary>A small matter: the same recording is on the album, the single and ten collections.</summary>
    private static double AlbumOf(SpotifyRecording wanted, SearchResult found) =>
        wanted.Album is null || found.Album is null
            ? 1
            : 0.92 + (0.08 * Likeness.Of(RecordingName.Of(wanted.Album).Words, RecordingName.Of(found.Album).Words));

    private static double LengthOf(SpotifyRecording wanted, SearchResult found)
    {
        if (wanted.Duration is not { } asked || found.Duration is not { } length)
        {
            return (1 + UnknownLength) / 2;
        }

        var difference = length - asked;
        return (1 + Nearness(wanted.IsEpisode && asked > SongLength ? difference * (SongLength / asked) : difference))
            / 2;
    }
}
