using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.Spotify;
using Decant.Engine.Sources;
using Decant.Lab;

namespace Decant.Engine.Tests.Extracting.Spotify;

/// <summary>Spotify's pages, and where the sound is had instead, on the lab's copies of both.</summary>
public sealed class SpotifyTests(SpotifyFixture fixture) : IClassFixture<SpotifyFixture>
{
    private const string Track = "https://open.spotify.com/track/";
    private const string Rest = "LabLabLabLa";

    [Theory]
    [InlineData(Track + "plainsong01" + Rest)]
    [InlineData("https://open.spotify.com/intl-de/track/plainsong01" + Rest + "?si=abc")]
    [InlineData("https://open.spotify.com/embed/track/plainsong01" + Rest)]
    [InlineData("https://spotify.link/labplainsong01")]
    public async Task A_track_is_described_by_Spotify_and_matched_elsewhere(string url)
    {
        var info = await InspectAsync(url);
        Assert.Equal((Platform.Spotify, "plainsong01" + Rest), (info.Platform, info.Id));
        Assert.Equal(("Lab song plainsong01", "Lab song plainsong01"), (info.Title, info.Track));
        Assert.Equal(("The Labradors, Ada Pipette", "Tones and Beeps"), (info.Artist, info.Album));
        Assert.Equal(new Uri(Track + "plainsong01" + Rest), info.PageUrl);
        Assert.Equal(new Uri("https://i.scdn.co/image/cover-plainsong01"), info.ThumbnailUrl);
        Assert.NotNull(info.UploadDate);
        Assert.Equal("/watch?v=plainsong01", info.Match?.Url.PathAndQuery);
        Assert.InRange(info.Match!.Score, 95, 100);
        Assert.Equal(("Lab song plainsong01", "The Labradors, Ada Pipette"), (info.Match.Title, info.Match.Artist));
        Assert.All(info.Formats, format => Assert.False(format.MayHaveVideo));
    }

    [Fact]
    public async Task A_look_up_is_a_page_a_search_and_that_of_the_match_and_is_kept()
    {
        await using var lab = await LabInternet.StartAsync(new LabOptions(), default);
        await using var engine = SpotifyFixture.Create(lab, credentials: null);
        await InspectAsync(Track + "counted0001" + Rest, engine);
        Assert.Equal(
            [$"/track/counted0001{Rest}", "/youtubei/v1/search", "/watch", "/youtubei/v1/player"],
            lab.Requests.All.Select(request => request.Path)
        );
        await InspectAsync(Track + "counted0001" + Rest, engine);
        Assert.Equal(4, lab.Requests.All.Count);
    }

    [Fact]
    public async Task A_page_without_its_head_gives_way_to_the_player()
    {
        var info = await InspectAsync(Track + "newpage0001" + Rest);
        Assert.Equal(("Lab song newpage0001", "The Labradors, Ada Pipette"), (info.Title, info.Artist));
        Assert.Null(info.Album);
        Assert.Equal(new Uri("https://i.scdn.co/image/cover-newpage0001"), info.ThumbnailUrl);
    }

    [Fact]
    public async Task What_no_catalogue_of_songs_has_is_found_among_all_videos()
    {
        var info = await InspectAsync(Track + "onlyvideo01" + Rest);
        Assert.Equal("The Labradors - Lab song onlyvideo01 (Official Video)", info.Match?.Title);
        Assert.Equal("Lab song onlyvideo01", info.Title);
    }

    [Fact]
    public async Task A_match_that_cannot_be_had_gives_way_to_the_next()
    {
        var info = await InspectAsync(Track + "regionlock1" + Rest);
        Assert.Equal("/watch?v=againnlock1", info.Match?.Url.PathAndQuery);
    }

    [Fact]
    public async Task An_isrc_finds_what_no_name_does()
    {
        var info = await InspectAsync(Track + "isrconly001" + Rest, fixture.WithCredentials);
        Assert.True(info.Match?.ByIsrc);
        Assert.Equal("/watch?v=isrconly001", info.Match?.Url.PathAndQuery);
        var failure = await FailAsync(Track + "isrconly001" + Rest);
        Assert.Equal(MediaError.ContentNotFound, failure.Error);
    }

    [Fact]
    public async Task Credentials_that_are_refused_leave_the_public_pages()
    {
        await using var engine = SpotifyFixture.Create(fixture.Lab, new SpotifyCredentials("lab-client", "wrong"));
        var info = await InspectAsync(Track + "plainsong02" + Rest, engine);
        Assert.Equal("Lab song plainsong02", info.Title);
    }

    [Fact]
    public async Task What_nothing_is_like_is_not_found_and_the_likest_is_named()
    {
        var failure = await FailAsync(Track + "nomatch0001" + Rest);
        Assert.Equal(MediaError.ContentNotFound, failure.Error);
        Assert.Contains("Lab song nomatch0001 (Live)", failure.Message, StringComparison.Ordinal);
        Assert.InRange(Assert.IsType<double>(failure.Figures["best_score"]), 1, MatchScore.Floor);
        Assert.NotNull(failure.Figures["best_url"]);
    }

    [Theory]
    [InlineData(Track + "nothing0001" + Rest, "content_not_found")]
    [InlineData(Track + "gone0000001" + Rest, "content_not_found")]
    [InlineData("https://open.spotify.com/episode/gone0000001" + Rest, "content_not_found")]
    [InlineData("https://open.spotify.com/playlist/gone0000001" + Rest, "content_not_found")]
    [InlineData("https://open.spotify.com/episode/nomatch0001" + Rest, "content_not_found")]
    [InlineData(Track + "changed0001" + Rest, "source_failed")]
    [InlineData(Track + "refused0001" + Rest, "source_blocked")]
    [InlineData(Track + "toomany0001" + Rest, "source_rate_limited")]
    [InlineData("https://open.spotify.com/artist/plainsong01" + Rest, "unsupported_url")]
    [InlineData("https://open.spotify.com/track/short", "invalid_url")]
    [InlineData("https://spotify.link/expired", "content_not_found")]
    public async Task What_is_refused_has_a_code(string url, string code)
    {
        var failure = await FailAsync(url);
        Assert.True(failure.Error.Code == code, $"{failure.Error.Code}: {failure.Message}");
    }

    [Fact]
    public async Task Spotify_that_has_enough_says_for_how_long() =>
        Assert.Equal(TimeSpan.FromSeconds(15), (await FailAsync(Track + "toomany0001" + Rest)).RetryAfter);

    [Theory]
    [InlineData("https://open.spotify.com/album/someAlbum01" + Rest, "Tones and Beeps", "The Labradors", 5, 5)]
    [InlineData("https://open.spotify.com/playlist/fewOnes0001" + Rest, "Lab list fewOn", "labowner", 5, 5)]
    [InlineData("https://open.spotify.com/playlist/manyOnes001" + Rest, "Lab list manyO", "labowner", 250, 100)]
    public async Task A_list_tells_its_title_owner_count_and_entries(
        string url,
        string title,
        string owner,
        int count,
        int listed
    )
    {
        var info = await InspectAsync(url);
        Assert.Equal((title, owner, count), (info.Title, info.Uploader, info.PlaylistCount));
        Assert.Equal(listed, info.Entries?.Count);
        var first = info.Entries![0];
        Assert.StartsWith(Track, first.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.NotNull(first.Duration);
        Assert.NotNull(info.ThumbnailUrl);
    }

    [Theory]
    [InlineData("https://open.spotify.com/playlist/manyOnes001" + Rest, 250)]
    [InlineData("https://open.spotify.com/playlist/37i9dQZF1DX" + Rest, 5)]
    [InlineData("https://open.spotify.com/album/someAlbum01" + Rest, 5)]
    public async Task Credentials_bring_a_list_to_its_end(string url, int listed)
    {
        var info = await InspectAsync(url, fixture.WithCredentials);
        Assert.Equal((listed, listed), (info.PlaylistCount, info.Entries?.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_episode_is_matched_among_all_videos(bool withCredentials)
    {
        var url = "https://open.spotify.com/episode/episode0001" + Rest;
        var info = await InspectAsync(url, withCredentials ? fixture.WithCredentials : fixture.Engine);
        Assert.Equal(("Lab episode episode0001", "The Lab Hour"), (info.Title, info.Artist));
        Assert.Equal("/watch?v=episode0001", info.Match?.Url.PathAndQuery);
    }

    private Task<MediaInfo> InspectAsync(string url, MediaEngine? engine = null) =>
        (engine ?? fixture.Engine).InspectAsync(SourceUrl.Parse(url), new InspectOptions(), default);

    private Task<MediaException> FailAsync(string url) => Assert.ThrowsAsync<MediaException>(() => InspectAsync(url));
}
