using System.Globalization;
using Decant.Lab.Platforms.Spotify;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>A line of a search's answer.</summary>
/// <param name="Album">Album; null for what is no song of a catalogue.</param>
internal sealed record FoundSong(string VideoId, string Title, string Artist, string? Album, int Seconds)
{
    public string Length => TimeSpan.FromSeconds(Seconds).ToString(@"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>The song itself, once more on a collection, and what is never far from it.</summary>
    /// <param name="song">Song that was asked for, by its name or by its ISRC.</param>
    /// <param name="byIsrc">True where it was asked for by its ISRC.</param>
    public static IEnumerable<FoundSong> Songs(SpotifySong song, bool byIsrc)
    {
        var isThere = song.Name switch
        {
            "nothing0001" or "onlyvideo01" => (bool?)null,
            "nomatch0001" => false,
            "isrconly001" => byIsrc,
            _ => true,
        };
        if (isThere is null)
        {
            return [];
        }

        var own = new FoundSong(song.Name, song.Title, SpotifySong.Artist, SpotifySong.Album, song.Seconds);
        var again = own with { VideoId = $"again{song.Name[5..]}", Album = "Autumn of the Lab" };
        return isThere.Value ? [.. Kin(own), own, again] : Kin(own);
    }

    /// <summary>What all of the site has under the song's name.</summary>
    public static IEnumerable<FoundSong> Videos(SpotifySong song)
    {
        var own = new FoundSong(song.Name, song.Title, SpotifySong.Artist, null, song.Seconds);
        return song.Name switch
        {
            "nothing0001" => [],
            "nomatch0001" or "isrconly001" => Kin(own),
            _ when song.IsEpisode => [own with { Artist = SpotifySong.Show }, .. Kin(own)],
            _ => [own with { Title = $"{SpotifySong.Artist} - {song.Title} (Official Video)" }, .. Kin(own)],
        };
    }

    private static FoundSong[] Kin(FoundSong song) =>
        [
            song with
            {
                VideoId = $"live{song.VideoId[4..]}",
                Title = $"{song.Title} (Live)",
            },
            song with
            {
                VideoId = $"karao{song.VideoId[5..]}",
                Title = $"{song.Title} (Karaoke Version)",
                Artist = "Sing at the Bench",
            },
            song with
            {
                VideoId = $"remix{song.VideoId[5..]}",
                Title = $"{song.Title} (Burette Remix)",
            },
            song with
            {
                VideoId = $"cover{song.VideoId[5..]}",
                Title = $"{song.Title} (cover)",
                Artist = "Ben Beaker",
            },
        ];
}
