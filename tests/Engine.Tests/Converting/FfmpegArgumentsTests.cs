using Decant.Engine.Converting;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Tests.Converting;

/// <summary>Golden lists: what ffmpeg is told, whole.</summary>
public sealed class FfmpegArgumentsTests
{
    private const string Head =
        "-hide_banner -nostdin -nostats -v level+verbose -progress pipe:1 -stats_period 0.25 -y";
    private static readonly string Guard = $"{string.Join(' ', Demuxers.ForFile)} -max_pixels 40000000";

    [Fact]
    public void Two_sources_are_merged_by_copy()
    {
        var plan = Plan(
            Container.Mp4,
            new(0, 0, new CopyStream("hevc", IsVideo: true, "hvc1")),
            new(1, 1, new CopyStream("aac", IsVideo: false))
        );

        Assert.Equal(
            $"{Head} {Guard} -i file:/job/0 {Guard} -i file:/job/1 -map 0:0 -map 1:1 -map_metadata:g -1 -map_metadata:s -1 -map_chapters 0 -metadata title=A b "
                + "-c:v:0 copy -tag:v:0 hvc1 -c:a:0 copy -max_muxing_queue_size 4096 -movflags +faststart -f mp4 file:/job/out",
            Build(plan, ["/job/0", "/job/1"])
        );
    }

    [Fact]
    public void Sound_is_taken_out_and_given_a_cover()
    {
        var plan = Plan(
            Container.Mp3,
            new PlannedStream(0, 1, new EncodeAudio("mp3", 128_000, Channels: 2, SampleRate: 48_000))
        );

        Assert.Equal(
            $"{Head} {Guard} -i file:/job/0 -protocol_whitelist file -format_whitelist bmp_pipe,gif,gif_pipe,jpeg_pipe,mov,png_pipe,webp_pipe "
                + "-f jpeg_pipe -i file:/job/cover.jpg -map 0:1 -map 1:v:0 -map_metadata:g -1 -map_metadata:s -1 -map_chapters 0 -metadata title=A b "
                + "-c:a:0 libmp3lame -b:a 128000 -ac:a:0 2 -ar:a:0 48000 -c:v:0 copy -disposition:v:0 attached_pic "
                + "-metadata:s:v:0 comment=Cover (front) -max_muxing_queue_size 4096 -id3v2_version 3 -f mp3 file:/job/out",
            Build(plan, ["/job/0"], "/job/cover.jpg")
        );
    }

    [Fact]
    public void A_picture_is_encoded_and_scaled()
    {
        var plan = Plan(
            Container.Avi,
            new PlannedStream(
                0,
                0,
                new EncodeVideo("mpeg4", new PictureSize(426, 240), "XVID", ConstantFrameRate: true)
            )
        );

        Assert.Equal(
            $"{Head} {Guard} -i file:/job/0 -map 0:0 -map_metadata:g -1 -map_metadata:s -1 -map_chapters 0 -metadata title=A b -c:v:0 mpeg4 -q:v 3 -pix_fmt yuv420p "
                + "-tag:v:0 XVID -filter:v:0 scale=426:240 -fps_mode:v:0 cfr -max_muxing_queue_size 4096 -f avi file:/job/out",
            Build(plan, ["/job/0"])
        );
    }

    [Fact]
    public void A_title_is_one_argument_whatever_it_says()
    {
        var plan = Plan(Container.Mkv, new PlannedStream(0, 0, new CopyStream("h264", IsVideo: true))) with
        {
            Tags = [new Tag("title", "-i /etc/passwd; $(rm -rf /) \" '")],
        };

        Assert.Contains(
            "title=-i /etc/passwd; $(rm -rf /) \" '",
            FfmpegArguments.Build(plan, ["/job/0"], null, null, "/job/out")
        );
    }

    private static string Build(ConversionPlan plan, IReadOnlyList<string> inputs, string? cover = null) =>
        string.Join(' ', FfmpegArguments.Build(plan, inputs, cover, null, "/job/out"));

    private static ConversionPlan Plan(Container container, params PlannedStream[] streams) =>
        new()
        {
            Container = container,
            Streams = streams,
            Tags = [new Tag("title", "A b")],
            Promise = new OutputPromise(),
        };
}
