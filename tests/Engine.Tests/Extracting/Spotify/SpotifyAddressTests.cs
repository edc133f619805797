using Decant.Engine.Errors;
using Decant.Engine.Extracting.Spotify;

namespace Decant.Engine.Tests.Extracting.Spotify;

public sealed class SpotifyAddressTests
{
    private const string Id = "4cOdK2wGLETKBW3PvgPWqT";

    [Theory]
    [InlineData("https://open.spotify.com/track/4cOdK2wGLETKBW3PvgPWqT", "track")]
    [InlineData("http://open.spotify.com/track/4cOdK2wGLETKBW3PvgPWqT?si=abc", "track")]
    [InlineData("https://open.spotify.com/intl-de/track/4cOdK2wGLETKBW3PvgPWqT", "track")]
    [InlineData("https://open.spotify.com/intl-pt-BR/album/4cOdK2wGLETKBW3PvgPWqT", "album")]
    [InlineData("https://open.spotify.com/embed/playlist/4cOdK2wGLETKBW3PvgPWqT?theme=0", "playlist")]
    [InlineData("https://open.spotify.com/embed-podcast/episode/4cOdK2wGLETKBW3PvgPWqT", "episode")]
    [InlineData("https://open.spotify.com/user/someone/playlist/4cOdK2wGLETKBW3PvgPWqT/", "playlist")]
    [InlineData("https://play.spotify.com/album/4cOdK2wGLETKBW3PvgPWqT", "album")]
    public void An_address_names_what_it_leads_to(string url, string kind)
    {
        Assert.True(SpotifyAddress.Covers(new Uri(url)));
        var address = SpotifyAddress.Parse(new Uri(url));
        Assert.Equal(new Uri($"https://open.spotify.com/{kind}/{Id}"), address.Page);
    }

    [Theory]
    [InlineData("https://open.spotify.com/", "unsupported_url")]
    [InlineData("https://open.spotify.com/artist/4cOdK2wGLETKBW3PvgPWqT", "unsupported_url")]
    [InlineData("https://open.spotify.com/show/4cOdK2wGLETKBW3PvgPWqT", "unsupported_url")]
    [InlineData("https://open.spotify.com/track/", "unsupported_url")]
    [InlineData("https://open.spotify.com/track/4cOdK2wGLETK", "invalid_url")]
    [InlineData("https://open.spotify.com/track/4cOdK2wGLETKBW3PvgPWq%2F", "invalid_url")]
    public void What_is_none_is_refused_by_name(string url, string code)
    {
        var failure = Assert.Throws<MediaException>(() => SpotifyAddress.Parse(new Uri(url)));
        Assert.Equal(code, failure.Error.Code);
    }

    [Theory]
    [InlineData("https://spotify.com.example.org/track/4cOdK2wGLETKBW3PvgPWqT")]
    [InlineData("https://www.youtube.com/watch?v=abcdefghij0")]
    public void Other_hosts_are_others(string url) => Assert.False(SpotifyAddress.Covers(new Uri(url)));
}
