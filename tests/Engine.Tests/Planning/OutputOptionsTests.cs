using Decant.Engine.Planning;
using static Decant.Engine.Tests.Planning.SampleSources;

namespace Decant.Engine.Tests.Planning;

public sealed class OutputOptionsTests
{
    [Theory]
    // 4500 and 129 kbit/s for 60 s.
    [InlineData("mp4", "1080p", true, 34_717_500, "299+140", "h264", "aac")]
    [InlineData("mkv", "1080p", true, 34_770_000, "299+251", "h264", "opus")]
    [InlineData("webm", "360p", true, 3_270_000, "243+251", "vp9", "opus")]
    // Stated by number.
    [InlineData("mp3", "128kbps", false, 960_000, "251", null, "mp3")]
    // 48 kHz, two channels, 16 bits.
    [InlineData("wav", "best", false, 11_520_000, "251", null, "pcm_s16le")]
    [InlineData("m4a", "best", true, 967_500, "140", null, "aac")]
    public void An_option_says_what_it_would_give(
        string format,
        string quality,
        bool isCopy,
        long bytes,
        string sources,
        string? video,
        string? audio
    )
    {
        var option = OutputOptions
            .Of(YouTube())
            .Single(option => option.Container.Name == format && option.Quality == quality);

        Assert.Equal((isCopy, bytes), (option.IsCopy, option.Bytes));
        Assert.Equal(sources, string.Join('+', option.Sources));
        Assert.Equal((video, audio), (option.VideoCodec, option.AudioCodec));
    }

    [Fact]
    public void What_is_scaled_down_is_smaller_and_no_copy()
    {
        var options = OutputOptions.Of(Medium(Both("one", 1080, 4000)));

        var best = options.Single(option => option is { Container.Name: "mp4", Quality: "best" });
        var small = options.Single(option => option is { Container.Name: "mp4", Quality: "360p" });
        Assert.True(best.IsCopy);
        Assert.False(small.IsCopy);
        Assert.InRange(small.Bytes!.Value, best.Bytes!.Value / 10, best.Bytes.Value / 3);
    }

    [Fact]
    public void Nothing_above_the_tallest_is_offered() =>
        Assert.DoesNotContain(
            OutputOptions.Of(Medium(Both("one", 720, 2000))),
            option => option.Quality is "1080p" or "1440p" or "2160p"
        );

    [Fact]
    public void A_podcast_has_no_pictures_to_offer()
    {
        var options = OutputOptions.Of(Medium(Sound("a", "mp3", 128)));

        Assert.All(options, option => Assert.True(option.Container.IsAudio));
        Assert.Contains(options, option => option is { Container.Name: "mp3", IsCopy: true });
    }
}
