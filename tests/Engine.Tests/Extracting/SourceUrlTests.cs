using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting;

public sealed class SourceUrlTests
{
    [Theory]
    [InlineData("  https://youtu.be/dQw4w9WgXcQ \n", "https://youtu.be/dQw4w9WgXcQ")]
    [InlineData("HTTP://Example.COM:8080/a?b=c#d", "http://example.com:8080/a?b=c#d")]
    [InlineData("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4")]
    [InlineData("http://[::1]:81/x", "http://[::1]:81/x")]
    [InlineData("http://0x7f.1/x", "http://127.0.0.1/x")]
    [InlineData("https://example.com/watch?v=%20a", "https://example.com/watch?v=%20a")]
    public void A_page_address_is_read_in_one_spelling(string typed, string expected) =>
        Assert.Equal(expected, SourceUrl.Parse(typed).AbsoluteUri);

    [Theory]
    [InlineData(null, "No URL was given")]
    [InlineData("   ", "No URL was given")]
    [InlineData("youtube.com/watch?v=1", "\"youtube.com/watch?v=1\" is not a URL")]
    [InlineData("not a url", "white space")]
    [InlineData("https://exam\tple.com/", "white space or control characters")]
    [InlineData("https://example.com/\u0000", "control characters")]
    [InlineData("ftp://example.com/a.mp4", "ftp://")]
    [InlineData("file:///etc/passwd", "file://")]
    [InlineData("javascript:alert(1)", "is not a URL")]
    [InlineData("ytsearch:cats", "is not a URL")]
    [InlineData("subfile,,start,0://example.com", "is not a valid URL")]
    [InlineData("https://", "is not a valid URL")]
    [InlineData("https:///path", "is not a valid URL")]
    [InlineData("https://user:secret@example.com/", "user name or password")]
    [InlineData("https://example.com:99999/", "is not a valid URL")]
    public void What_is_no_page_address_is_refused_with_the_reason(string? typed, string reason)
    {
        var refusal = Assert.Throws<MediaException>(() => SourceUrl.Parse(typed));
        Assert.Equal(MediaError.InvalidUrl, refusal.Error);
        Assert.Equal("url", refusal.Field);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_repeated() =>
        Assert.DoesNotContain(
            "secret",
            Assert.Throws<MediaException>(() => SourceUrl.Parse("https://user:secret@example.com/")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_endless_address_is_refused_and_quoted_in_short()
    {
        var refusal = Assert.Throws<MediaException>(() => SourceUrl.Parse("https://e.com/" + new string('a', 5000)));
        Assert.Contains("5014 characters", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 0, 250);
    }
}
