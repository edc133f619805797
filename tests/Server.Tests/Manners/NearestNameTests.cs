using Decant.Server.Manners;

namespace Decant.Server.Tests.Manners;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["url", "format", "quality", "audio_only", "include_thumbnail"];

    [Theory]
    [InlineData("audioOnly", "audio_only")]
    [InlineData("AUDIO-ONLY", "audio_only")]
    [InlineData("includeThumbnails", "include_thumbnail")]
    [InlineData("fromat", "format")]
    [InlineData("qualty", "quality")]
    [InlineData("URI", "url")]
    [InlineData("webhook", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void The_name_that_was_meant_is_found(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Of(name, Known));

    [Fact]
    public void Among_no_names_there_is_none() => Assert.Null(NearestName.Of("url", []));
}
