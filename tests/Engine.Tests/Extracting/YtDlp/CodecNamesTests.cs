using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class CodecNamesTests
{
    [Theory]
    [InlineData("avc1.640028", "h264")]
    [InlineData("avc3.42E01E", "h264")]
    [InlineData("h264", "h264")]
    [InlineData("hev1.1.6.L93.B0", "hevc")]
    [InlineData("hvc1", "hevc")]
    [InlineData("dvh1.05.06", "hevc")]
    [InlineData("bytevc1", "bytevc1")]
    [InlineData("vp09.00.51.08", "vp9")]
    [InlineData("vp9", "vp9")]
    [InlineData("VP8", "vp8")]
    [InlineData("vp08.00.10.08", "vp8")]
    [InlineData("av01.0.08M.08", "av1")]
    [InlineData("mp4v.20.3", "mpeg4")]
    [InlineData("mp4a.40.2", "aac")]
    [InlineData("mp4a.40.5", "aac")]
    [InlineData("mp4a.40.34", "mp3")]
    [InlineData("mp4a.69", "mp3")]
    [InlineData("mp4a.6B", "mp3")]
    [InlineData("mp4a.a6", "eac3")]
    [InlineData("Opus", "opus")]
    [InlineData("fLaC", "flac")]
    [InlineData("ac-3", "ac3")]
    [InlineData("ec-3", "eac3")]
    [InlineData(".mp3", "mp3")]
    [InlineData("vorbis", "vorbis")]
    [InlineData("none", null)]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_sites_word_becomes_ffmpegs(string? raw, string? expected) =>
        Assert.Equal(expected, CodecNames.Normalize(raw));

    [Theory]
    [InlineData("none", true)]
    [InlineData("avc1.640028", true)]
    [InlineData(null, false)]
    [InlineData("unknown", false)]
    [InlineData("video", false)]
    public void Only_a_real_name_or_none_states_what_is_inside(string? raw, bool stated) =>
        Assert.Equal(stated, CodecNames.IsStated(raw));
}
