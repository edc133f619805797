using Decant.Engine.Extracting.Spotify;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.Spotify;

/// <summary>Near misses and their kin. The names are made up; the ways in which they miss are not.</summary>
public sealed class MatchScoreTests
{
    /// <summary>What is looked for, as <c>performers | name | album | seconds</c>.</summary>
    private const string Glass = "The Glass Harbours | Paper Lanterns | Tidewater | 213";

    private const string Guest = "Marlo Venn, Ida Quill | Slow Comet (feat. Ida Quill) | Orbits | 187";

    [Theory]
    // The same song, as the two sites spell it
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns | Tidewater (Deluxe Edition) | 214")]
    [InlineData(Glass, "Glass Harbours | paper lanterns |  | 212")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Remastered 2011) | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns - 2011 Remaster | The Best Of | 215")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns | Tidewater | ")]
    [InlineData(Guest, "Marlo Venn | Slow Comet | Orbits | 187")]
    [InlineData(Guest, "Marlo Venn, Ida Quill | Slow Comet | Orbits | 188")]
    [InlineData("Béla Ørsted | Été à Reykjavík | Nord | 240", "Bela Orsted | Ete a Reykjavik | Nord | 240")]
    [InlineData("AC Volt | Don't Stop | Loud | 200", "AC Volt | Dont Stop | Loud | 200")]
    [InlineData("水野ミナ | 夜の灯台 | 海 | 251", "水野ミナ | 夜の灯台 | 海 | 251")]
    [InlineData("Nova Dray | Live Forever | Ash | 230", "Nova Dray | Live Forever | Ash | 231")]
    [InlineData("Nova Dray | Ash Wall, Pt. 2 | Ash | 230", "Nova Dray | Ash Wall, Part 2 | Ash | 230")]
    [InlineData(
        "Kite Union | Halcyon (Live at Dockside) | On Stage | 301",
        "Kite Union | Halcyon (Live at Dockside) | On Stage | 301"
    )]
    public void The_same_song_is_recognised(string wanted, string found) => AssertAbove(wanted, found, isSong: true);

    [Theory]
    [InlineData(Glass, "The Glass Harbours | The Glass Harbours - Paper Lanterns (Official Video) |  | 214")]
    [InlineData(Glass, "TidewaterRecords | The Glass Harbours - Paper Lanterns [Official Audio] |  | 213")]
    [InlineData(Glass, "Lyric Corner | The Glass Harbours – Paper Lanterns (Lyrics) |  | 215")]
    [InlineData(Guest, "Marlo Venn | Marlo Venn - Slow Comet ft. Ida Quill (Official Visualizer) |  | 189")]
    public void So_is_a_video_of_it(string wanted, string found) => AssertAbove(wanted, found, isSong: false);

    [Theory]
    // Another version
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Live) | Tidewater Live | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns - Live at Dockside | On Stage | 219")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Mirra Remix) | Remixes | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Club Mix) | Remixes | 214")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Acoustic) | Unlit | 212")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Instrumental) | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Demo) | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Sped Up) | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns - slowed + reverb | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Radio Edit) | Tidewater | 205")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (Orchestral Version) | Tidewater | 213")]
    [InlineData(Glass, "Sing Along Studio | Paper Lanterns (Karaoke Version) | Hits | 213")]
    [InlineData(Glass, "Sing Along Studio | The Glass Harbours - Paper Lanterns (Karaoke) |  | 213")]
    [InlineData(Glass, "Una Hale | Paper Lanterns (The Glass Harbours cover) |  | 213")]
    [InlineData(Glass, "The Glass Harbours Tribute Band | Paper Lanterns | Tribute | 240")]
    [InlineData(Glass, "Drum Lessons | The Glass Harbours - Paper Lanterns (drum tutorial) |  | 213")]
    [InlineData("Nova Dray | Live Forever | Ash | 230", "Nova Dray | Live Forever (Live at Dockside) | Ash | 231")]
    [InlineData("Nova Dray | Ash Wall, Pt. 2 | Ash | 230", "Nova Dray | Ash Wall, Pt. 1 | Ash | 230")]
    [InlineData("Nova Dray | Ash (Nova's Version) | Ash | 230", "Nova Dray | Ash | Ash | 230")]
    [InlineData("Kite Union | Halcyon (Live at Dockside) | On Stage | 301", "Kite Union | Halcyon | Kite Union | 301")]
    // Another length
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns | Tidewater | 232")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns | Tidewater | 181")]
    [InlineData(Glass, "The Glass Harbours | Paper Lanterns (1 hour) |  | 3600")]
    // Another song, or another's
    [InlineData(Glass, "The Glass Harbours | Paper Boats | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Lanterns | Tidewater | 213")]
    [InlineData(Glass, "The Glass Harbours | Tidewater | Tidewater | 213")]
    [InlineData(Glass, "Una Hale | Paper Lanterns | Hearth | 213")]
    [InlineData(Glass, "Una Hale | Something Else Entirely | Hearth | 213")]
    [InlineData(Glass, " |  |  | ")]
    public void A_near_miss_stays_below_the_floor(string wanted, string found)
    {
        var score = Score(wanted, found, isSong: true);
        Assert.True(score < MatchScore.Floor, $"{score}: {found}");
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 95)]
    [InlineData(-2, 91)]
    [InlineData(5, 80)]
    [InlineData(10, 68)]
    [InlineData(60, 50)]
    public void The_further_the_length_the_lower_the_score(int difference, double score)
    {
        var found = $"The Glass Harbours | Paper Lanterns | Tidewater | {213 + difference}";
        Assert.Equal(score, Score(Glass, found, isSong: true), tolerance: 0.6);
    }

    [Fact]
    public void Nearness_is_the_exponential_of_the_seconds() =>
        Assert.Equal(Math.Exp(-0.3), MatchScore.Nearness(TimeSpan.FromSeconds(-3)), precision: 12);

    [Fact]
    public void An_isrc_forgives_another_spelling_and_no_other_performer()
    {
        const string Spelt = "Ilya Morev | Полночь | Север | 200";
        var wanted = Wanted("Ilya Morev | Midnight (Polnoch) | Sever | 200");
        Assert.True(MatchScore.Of(wanted, Found(Spelt, isSong: true), byIsrc: false) < MatchScore.Floor);
        var other = Found("Una Hale | Midnight | Hearth | 200", isSong: true);
        Assert.True(MatchScore.Of(wanted, other, byIsrc: true) < MatchScore.Floor);
        var spelt = Found("Ilya Morev | Midnight | Sever | 200", isSong: true);
        Assert.True(MatchScore.Of(wanted, spelt, byIsrc: true) > MatchScore.Floor);
    }

    [Fact]
    public void A_song_goes_before_a_video_and_the_album_decides_between_equals()
    {
        var song = Score(Glass, Glass, isSong: true);
        Assert.True(song > Score(Glass, Glass, isSong: false));
        Assert.True(song > Score(Glass, "The Glass Harbours | Paper Lanterns | Autumn Hits | 213", isSong: true));
    }

    [Fact]
    public void An_episode_may_differ_by_its_advertisements()
    {
        var wanted = Wanted("Deep Lab | 12: On Tones |  | 3600") with
        {
            Address = new SpotifyAddress(SpotifyKind.Episode, "4cOdK2wGLETKBW3PvgPWqT"),
        };
        Assert.True(MatchScore.Of(wanted, Found("Deep Lab | 12: On Tones |  | 3560", false), false) > MatchScore.Floor);
        Assert.True(MatchScore.Of(wanted, Found("Deep Lab | 12: On Tones |  | 600", false), false) < MatchScore.Floor);
        Assert.True(MatchScore.Of(wanted, Found("Deep Lab | 13: On Tones |  | 3600", false), false) < MatchScore.Floor);
    }

    [Theory]
    [InlineData("\ud800 | \udfff | | 1")]
    [InlineData("((((( | [[[[feat. | ))) | 5")]
    public void Any_text_can_be_scored(string text) => Assert.InRange(Score(Glass, text, isSong: true), 0, 100);

    private static void AssertAbove(string wanted, string found, bool isSong)
    {
        var score = Score(wanted, found, isSong);
        Assert.True(score >= MatchScore.Floor, $"{score}: {found}");
    }

    private static double Score(string wanted, string found, bool isSong) =>
        MatchScore.Of(Wanted(wanted), Found(found, isSong), byIsrc: false);

    private static SpotifyRecording Wanted(string text)
    {
        var found = Found(text, isSong: true);
        return new SpotifyRecording
        {
            Address = new SpotifyAddress(SpotifyKind.Track, "4cOdK2wGLETKBW3PvgPWqT"),
            Title = found.Title,
            Artists = found.Artists,
            Album = found.Album,
            Duration = found.Duration,
        };
    }

    private static SearchResult Found(string text, bool isSong)
    {
        var parts = text.Split('|').Select(part => part.Trim()).ToArray();
        return new SearchResult(
            new Uri("https://music.youtube.com/watch?v=abcdefghij0"),
            parts[1],
            parts[0].Split(", "),
            parts[2].Length == 0 ? null : parts[2],
            int.TryParse(parts[3], out var seconds) ? TimeSpan.FromSeconds(seconds) : null
        )
        {
            IsSong = isSong,
        };
    }
}
