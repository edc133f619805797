using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Planning;

public sealed class OutputRequestTests
{
    [Theory]
    // The documents' own samples.
    [InlineData("mp3", "128kbps", false, "mp3", "128kbps")]
    [InlineData("mp4", "1080p", false, "mp4", "1080p")]
    [InlineData("mp3", "320kbps", true, "mp3", "320kbps")]
    [InlineData("mp4", "720p", true, "m4a", "best")]
    [InlineData("wav", null, false, "wav", "best")]
    [InlineData("wav", "320kbps", true, "wav", "best")]
    [InlineData("wav", "320kbps", false, "wav", "best")]
    [InlineData("wav", "best", true, "wav", "best")]
    // Defaults.
    [InlineData(null, null, false, "mp4", "best")]
    [InlineData(null, null, true, "mp3", "best")]
    [InlineData("", " ", true, "mp3", "best")]
    // A family's audio container.
    [InlineData("webm", null, true, "opus", "best")]
    [InlineData("mov", null, true, "m4a", "best")]
    [InlineData("mkv", "128kbps", true, "m4a", "128kbps")]
    [InlineData("avi", null, true, "mp3", "best")]
    [InlineData("flv", "worst", true, "m4a", "worst")]
    [InlineData("mp3", "720p", true, "mp3", "best")]
    [InlineData("flac", "192kbps", false, "flac", "best")]
    [InlineData("MP4", "4K", false, "mp4", "2160p")]
    public void A_request_is_read_as_the_contract_says(
        string? format,
        string? quality,
        bool audioOnly,
        string container,
        string meant
    )
    {
        var request = OutputRequest.Parse(format, quality, audioOnly);

        Assert.Equal(container, request.Container.Name);
        Assert.Equal(Quality.Parse(meant), request.Quality);
        Assert.Equal(request.Container.IsAudio, request.AudioOnly);
    }

    [Theory]
    [InlineData("mp3", "720p", "mp3")]
    [InlineData("mp4", "320kbps", "mp4")]
    [InlineData(null, "320kbps", "mp4")]
    [InlineData("flac", "1080p", "flac")]
    public void A_contradiction_is_refused_quoting_both(string? format, string quality, string quoted)
    {
        var refusal = Assert.Throws<MediaException>(() => OutputRequest.Parse(format, quality));

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal("quality", refusal.Field);
        Assert.Contains($"\"{quality}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{quoted}\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_format_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<MediaException>(() => OutputRequest.Parse("exe", null));

        Assert.Same(MediaError.UnknownFormat, refusal.Error);
        Assert.Equal("format", refusal.Field);
        foreach (var known in Container.All)
            Assert.Contains(known.Name, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mp4", "h265", "hevc")]
    [InlineData("webm", "AV1", "av1")]
    [InlineData("mkv", "vp9", "vp9")]
    public void A_picture_codec_may_be_asked_for_by_any_of_its_names(string format, string codec, string meant) =>
        Assert.Equal(meant, OutputRequest.Parse(format, null, videoCodec: codec).VideoCodec);

    [Theory]
    [InlineData("webm", "h264", null, "video_codec")]
    [InlineData("mp3", "h264", null, "video_codec")]
    [InlineData("mp4", null, "vorbis", "audio_codec")]
    [InlineData("mp4", "nonsense", null, "video_codec")]
    public void A_codec_the_container_cannot_hold_is_refused(string format, string? video, string? audio, string field)
    {
        var refusal = Assert.Throws<MediaException>(() =>
            OutputRequest.Parse(format, null, videoCodec: video, audioCodec: audio)
        );

        Assert.Same(MediaError.InvalidRequest, refusal.Error);
        Assert.Equal(field, refusal.Field);
    }

    [Fact]
    public void A_selector_names_one_or_two_formats()
    {
        Assert.Equal(["22"], Assert.IsType<FormatSelector.Named>(FormatSelector.Parse("22")).Ids);
        Assert.Equal(["137", "140"], Assert.IsType<FormatSelector.Named>(FormatSelector.Parse(" 137 + 140 ")).Ids);
        Assert.Same(FormatSelector.Worst, FormatSelector.Parse("Worst"));
        Assert.Equal("format_selector", Assert.Throws<MediaException>(() => FormatSelector.Parse("1+2+3")).Field);
        Assert.Equal("format_selector", Assert.Throws<MediaException>(() => FormatSelector.Parse("137+")).Field);
    }

    [Fact]
    public void Every_container_can_hold_what_it_encodes_to()
    {
        foreach (var container in Container.All)
        {
            Assert.True(OutputCodecs.CanEncode(container.AudioRules[0].Codec), container.Name);
            Assert.Equal(container.IsAudio, container.VideoRules.Count == 0);
            Assert.True(container.IsAudio || OutputCodecs.CanEncode(container.VideoRules[0].Codec), container.Name);
            Assert.True(container.AudioTwin.IsAudio);
        }
    }
}
