using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class PlatformsTests
{
    [Theory]
    [InlineData("www.youtube.com", "youtube")]
    [InlineData("youtu.be", "youtube")]
    [InlineData("vm.tiktok.com", "tiktok")]
    [InlineData("player.vimeo.com", "vimeo")]
    [InlineData("x.com", "twitter")]
    [InlineData("mobile.twitter.com", "twitter")]
    [InlineData("M.Facebook.com.", "facebook")]
    [InlineData("fb.watch", "facebook")]
    [InlineData("netflix.com", "other")]
    [InlineData("youtube.com.example.org", "other")]
    [InlineData("notyoutube.com", "other")]
    [InlineData("localhost", "other")]
    [InlineData("127.0.0.1", "other")]
    public void A_host_belongs_to_a_platform(string host, string platform) =>
        Assert.Equal(platform, Platforms.OfHost(host).Name);
}
