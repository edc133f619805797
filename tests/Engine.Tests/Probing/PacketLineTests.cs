using System.Text;
using Decant.Engine.Probing;

namespace Decant.Engine.Tests.Probing;

public sealed class PacketLineTests
{
    [Theory]
    [InlineData("packet|stream_index=0|pts_time=1.5|dts_time=1.4|duration_time=0.04|size=311", 0, 1.5, 0.04, 311)]
    [InlineData("packet|stream_index=1|pts_time=-0.021333|dts_time=N/A|duration_time=N/A|size=9", 1, -0.021333, 0, 9)]
    // AVI has no times of presentation.
    [InlineData("packet|stream_index=0|pts_time=N/A|dts_time=2.000000|duration_time=0.04|size=7", 0, 2.0, 0.04, 7)]
    [InlineData("packet|stream_index=0|pts_time=N/A|dts_time=N/A|duration_time=N/A|size=7", 0, null, 0, 7)]
    // Said of what stands beside the packet, and not of it.
    [InlineData("packet|stream_index=0|pts_time=0|dts_time=0|duration_time=1|size=8|side_data|size=99", 0, 0.0, 1, 8)]
    [InlineData("packet|", -1, null, 0, 0)]
    public void It_is_read_as_ffprobe_writes_it(string line, int stream, double? time, double duration, long size) =>
        Assert.Equal(new PacketLine(stream, time, duration, size), PacketLine.TryRead(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("stream|index=0|codec_name=h264")]
    [InlineData("")]
    [InlineData("a title that goes over several lines|packet|size=1")]
    public void What_is_about_something_else_is_none(string line) =>
        Assert.Null(PacketLine.TryRead(Encoding.UTF8.GetBytes(line)));
}
