using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Planning;

public sealed class QualityTests
{
    [Theory]
    [InlineData("144p", 144)]
    [InlineData("720P", 720)]
    [InlineData("720", 720)]
    [InlineData("2K", 1440)]
    [InlineData("4k", 2160)]
    [InlineData("8K", 4320)]
    [InlineData(" 1080p ", 1080)]
    public void A_height_is_read_as_people_type_it(string text, int lines) =>
        Assert.Equal(new Quality.Height(lines), Quality.Parse(text));

    [Fact]
    public void A_height_may_name_a_frame_rate() =>
        Assert.Equal(new Quality.Height(1080, 60), Quality.Parse("1080p60"));

    [Theory]
    [InlineData("64kbps", 64_000)]
    [InlineData("128k", 128_000)]
    [InlineData("320", 320_000)]
    [InlineData("96 kbit/s", 96_000)]
    public void A_bit_rate_is_read_as_people_type_it(string text, long bits) =>
        Assert.Equal(new Quality.AudioBitrate(bits), Quality.Parse(text));

    [Theory]
    [InlineData("best")]
    [InlineData("BEST")]
    public void Best_is_a_quality(string text) => Assert.Same(Quality.Best, Quality.Parse(text));

    [Theory]
    [InlineData("ultra")]
    [InlineData("7p")]
    [InlineData("99999p")]
    [InlineData("9000kbps")]
    [InlineData("-720p")]
    [InlineData("٧٢٠p")]
    public void What_is_no_quality_is_refused_with_the_known_ones(string text)
    {
        var refusal = Assert.Throws<MediaException>(() => Quality.Parse(text));

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal("quality", refusal.Field);
        Assert.Contains($"\"{text}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1080p", refusal.Message, StringComparison.Ordinal);
    }
}
