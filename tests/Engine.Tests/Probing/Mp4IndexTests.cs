using System.Buffers.Binary;
using Decant.Engine.Probing;
using Decant.Engine.Probing.Mp4;
using Decant.Engine.Tests.Converting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Probing;

/// <summary>The index of an MP4, held to what reading all of its packets finds.</summary>
public sealed class Mp4IndexTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private static readonly Ffprobe Ffprobe = new(
        new EngineOptions(),
        TimeProvider.System,
        NullLogger<Ffprobe>.Instance
    );

    private static string[] Both => [.. MediaFiles.Picture(320, 240), .. MediaFiles.Sound];

    public static TheoryData<string, string[]> Kinds =>
        new()
        {
            { "plain.mp4", [.. MediaFiles.H264, "-c:a", "aac"] },
            { "first.mp4", [.. MediaFiles.H264, "-c:a", "aac", "-movflags", "+faststart"] },
            { "b-frames.mp4", ["-c:v", "libx264", "-preset", "medium", "-pix_fmt", "yuv420p", "-c:a", "aac"] },
            { "signed.mp4", ["-c:v", "libx264", "-bf", "3", "-movflags", "+negative_cts_offsets", "-c:a", "ac3"] },
            { "hevc.mp4", ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-c:a", "alac"] },
            { "vp9.mp4", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libmp3lame"] },
            { "sound.m4a", ["-map", "1", "-c:a", "aac"] },
            { "cloud.mov", [.. MediaFiles.H264, "-c:a", "aac"] },
            { "turned.mp4", [.. MediaFiles.H264, "-c:a", "aac", "-metadata:s:v", "rotate=90"] },
            { "late.mp4", ["-filter:a", "adelay=500", "-output_ts_offset", "0.7", .. MediaFiles.H264, "-c:a", "aac"] },
            { "jumping.mp4", ["-vf", "setpts=PTS+gte(N\\,30)*2/TB", "-fps_mode", "vfr", .. MediaFiles.H264] },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_shows_the_packets_that_reading_finds(string name, string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var path = await files.MakeAsync(name, [.. Both, .. arguments]);

        var read = (await Ffprobe.ReadThroughAsync(path, stop)).Media!;
        var tracks = Mp4Track.TryReadAll((await Mp4File.TryReadAsync(path, stop))!);
        var shown = Mp4Packets.Of(await Ffprobe.ProbeAsync(path, stop), tracks!)!;

        foreach (var (one, other) in read.Streams.Zip(shown.Streams))
        {
            Assert.Equal(one with { Packets = null, HeaderHash = null }, other with { Packets = null });
            Assert.Equal((one.Packets!.Count, one.Packets.Bytes), (other.Packets!.Count, other.Packets.Bytes));
            Assert.Equal(one.Packets.Start.TotalSeconds, other.Packets.Start.TotalSeconds, 0.02);
            Assert.Equal(one.Packets.End.TotalSeconds, other.Packets.End.TotalSeconds, 0.02);
            Assert.Equal(one.Packets.Sum.TotalSeconds, other.Packets.Sum.TotalSeconds, 0.05);
        }
    }

    [Theory]
    [InlineData("fragmented.mp4", "-movflags", "+frag_keyframe+empty_moov")]
    [InlineData("pcm.mov", "-c:a", "pcm_s16le")]
    public async Task An_index_that_leaves_something_open_is_not_trusted(string name, string option, string value)
    {
        var path = await files.MakeAsync(name, [.. Both, .. MediaFiles.H264, option, value]);

        var file = await Mp4File.TryReadAsync(path, TestContext.Current.CancellationToken);

        Assert.Null(file is null ? null : Mp4Track.TryReadAll(file));
    }

    [Fact]
    public async Task An_index_of_a_hundred_thousand_boxes_is_not_read()
    {
        var file = (await Mp4File.TryReadAsync(await files.Mp4Async(), TestContext.Current.CancellationToken))!;
        byte[] nothing = [0, 0, 0, 8, .. "free"u8];
        byte[] index = [.. file.Index, .. Enumerable.Repeat(nothing, 100_000).SelectMany(box => box)];
        BinaryPrimitives.WriteInt32BigEndian(index, index.Length);

        Assert.NotNull(Mp4Track.TryReadAll(file));
        Assert.Null(Mp4Track.TryReadAll(file with { Index = index }));
    }

    [Fact]
    public async Task An_index_that_claims_more_than_there_is_is_not_trusted_nor_any_that_contradicts_itself()
    {
        var stop = TestContext.Current.CancellationToken;
        var whole = await File.ReadAllBytesAsync(await files.Mp4Async(), stop);
        var path = Path.Combine(files.NewDirectory(), "damaged.mp4");

        await File.WriteAllBytesAsync(path, whole[..^100], stop);
        Assert.Null(await Mp4File.TryReadAsync(path, stop));

        // Of each table the number of its rows, and of each number of samples one more.
        foreach (var table in (string[])["stts", "stsc", "stsz", "stco", "mdhd"])
        {
            await File.WriteAllBytesAsync(path, whole, stop);
            var file = (await Mp4File.TryReadAsync(path, stop))!;
            Assert.NotNull(Mp4Track.TryReadAll(file));
            var place = file.Index.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(table));
            file.Index[
                place
                    + (
                        table == "stsz" ? 15
                        : table == "mdhd" ? 19
                        : 11
                    )
            ] += 1;
            if (table == "mdhd")
                file.Index.AsSpan(place + 16, 4).Clear();
            Assert.Null(Mp4Track.TryReadAll(file));
        }
    }
}
