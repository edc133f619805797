using Decant.Engine.Errors;

namespace Decant.Cli.Tests;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://www.youtube.com/watch?v=aqz-KE-bpKQ")]
    [InlineData("HTTP://example.org/a b.mp4")]
    public void A_web_address_is_taken(string text) => Assert.True(WebAddress.Parse(text).IsAbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("youtube.com/watch?v=aqz-KE-bpKQ")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/a.mp4")]
    [InlineData("http://")]
    public void Anything_else_is_refused_by_its_own_words(string text)
    {
        var refusal = Assert.Throws<MediaException>(() => WebAddress.Parse(text));

        Assert.Equal(MediaError.InvalidUrl, refusal.Error);
        Assert.Contains($"'{text}'", refusal.Message);
    }
}
