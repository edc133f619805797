using Decant.Engine.Errors;
using Decant.Engine.Extracting.Spotify;

namespace Decant.Engine.Tests.Extracting.Spotify;

/// <summary>Pages that are not as they should be.</summary>
public sealed class SpotifyPageTests
{
    private static readonly SpotifyAddress Address = new(SpotifyKind.Track, "4cOdK2wGLETKBW3PvgPWqT");

    [Fact]
    public void A_head_is_read_whatever_the_order_of_its_attributes()
    {
        var page = new SpotifyPage(
            """
            <META content="Salt &amp; Pepper" property="og:title"><meta name="music:duration" content="213">
            <meta name="music:musician_description" content="Ada, Ben"><meta property="og:description" content="Ada · Jars · Song · 2020">
            <meta name="music:release_date" content="2020"><meta property="og:image" content="nowhere">
            """
        );
        var recording = page.Recording(Address);
        Assert.Equal(
            ("Salt & Pepper", "Ada, Ben", "Jars"),
            (recording?.Title, recording?.ArtistLine, recording?.Album)
        );
        Assert.Equal(TimeSpan.FromSeconds(213), recording?.Duration);
        Assert.Equal(new DateOnly(2020, 1, 1), recording?.Released);
        Assert.Null(recording?.Cover);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<meta")]
    [InlineData("<meta property=\"og:title\" content=\"Alone\">")]
    [InlineData("<meta name=\"music:duration\" content=\"-1\"><meta property=\"og:title\" content=\"\">")]
    public void A_head_that_says_too_little_is_no_recording(string html) =>
        Assert.Null(new SpotifyPage(html).Recording(Address));

    [Theory]
    [InlineData("")]
    [InlineData("<script id=\"__NEXT_DATA__\"")]
    [InlineData("<script id=\"__NEXT_DATA__\">{\"props\"")]
    [InlineData("<script id=\"__NEXT_DATA__\">{\"props\":</script>")]
    [InlineData("<script id=\"__NEXT_DATA__\">[]</script>")]
    [InlineData(
        "<script id=\"__NEXT_DATA__\">{\"props\":{\"pageProps\":{\"state\":{\"data\":{\"entity\":{}}}}}}</script>"
    )]
    [InlineData(
        "<script id=\"__NEXT_DATA__\">{\"props\":{\"pageProps\":{\"state\":{\"data\":{\"entity\":{\"name\":\"\\ud800\"}}}}}}</script>"
    )]
    public void A_player_without_its_data_is_source_failed(string html)
    {
        var failure = Assert.Throws<MediaException>(() => new SpotifyEmbed(Address, html).Recording());
        Assert.Equal(MediaError.SourceFailed, failure.Error);
    }
}
