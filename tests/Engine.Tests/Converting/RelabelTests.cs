using System.Text;
using Decant.Engine.Converting.Relabelling;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Converting;

/// <summary>A file that is already what was asked for, and gets our tags.</summary>
public sealed class RelabelTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    private static readonly Ffprobe Ffprobe = new(
        new EngineOptions(),
        TimeProvider.System,
        NullLogger<Ffprobe>.Instance
    );

    private static readonly MediaInfo Song = Conversions.Unknown with
    {
        Title = "A Song – with \"quotes\"",
        Artist = "Tyler, The Creator, Ünal",
        Album = "An Album",
        Description = "Two lines\nof it",
        Music = new MusicTags
        {
            Artists = ["Tyler, The Creator", "Ünal"],
            AlbumArtist = "Various",
            Composer = "Somebody Else",
            Genre = "Rap",
            Released = "2019-05-17",
            Track = "3/12",
            Disc = "1/2",
            Isrc = "USQX91901108",
        },
    };

    public static TheoryData<string, string, string[]> Kinds =>
        new()
        {
            { "first.mp4", "mp4", [.. MediaFiles.H264, "-c:a", "aac", "-movflags", "+faststart"] },
            { "last.mp4", "mp4", [.. MediaFiles.H264, "-c:a", "aac"] },
            { "roomy.mp4", "mp4", [.. MediaFiles.H264, "-c:a", "aac", "-moov_size", "200000"] },
            { "surround.mp4", "mp4", ["-c:v", "libx264", "-bf", "3", "-pix_fmt", "yuv420p", "-c:a", "ac3"] },
            { "apple.mp4", "mp4", ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-c:a", "alac"] },
            {
                "song.m4a",
                "m4a",
                ["-map", "1", "-c:a", "aac", "-metadata", "title=Another's", "-metadata", "lyrics=la"]
            },
            { "isom.mp4", "m4a", ["-map", "1", "-c:a", "aac", "-metadata:s:a", "language=ger"] },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_has_the_tags_that_a_file_made_again_has_and_the_packets_of_its_source(
        string name,
        string format,
        string[] arguments
    )
    {
        TagReaders.Require();
        var source = await MakeAsync(name, arguments);
        var cover = await files.MakeAsync("cover.jpg", [.. MediaFiles.Picture(640, 360, 0.04), "-frames:v", "1"]);
        var again = await Conversions.RunAsync(
            source,
            OutputRequest.Parse(format, null),
            files.NewDirectory(),
            cover,
            Song
        );
        var path = await CopyAsync(source);

        Assert.True(await Relabel.TryAsync(again.Plan, cover, path, TestContext.Current.CancellationToken));

        Assert.Equal(await StreamsAsync(source), await StreamsAsync(path));
        Assert.Equal(["ftyp", "moov", "free", "mdat"], Boxes.Of(path));
        Assert.Equal(Lists(again.Path), Lists(path));
        Assert.Equal(
            (await TagReaders.MutagenAsync(Named(again.Path, format))).Where(IsOfMedium),
            await TagReaders.MutagenAsync(Named(path, format))
        );
        foreach (var tag in (string[])["Title", "Artist", "CoverArt", "Duration"])
            Assert.Equal(await TagReaders.ExiftoolAsync(again.Path, tag), await TagReaders.ExiftoolAsync(path, tag));
        foreach (var field in (string[])["Performer", "Cover", "Format", "VideoCount", "AudioCount"])
            Assert.Equal(
                await TagReaders.MediaInfoAsync(again.Path, field),
                await TagReaders.MediaInfoAsync(path, field)
            );
        Assert.Equal(await ShownAsync(again.Path), await ShownAsync(path));
    }

    /// <summary>A file made of it with its tags a second time is no longer.</summary>
    [Fact]
    public async Task What_fits_into_the_room_that_is_there_moves_nothing()
    {
        var source = await MakeAsync("last.mp4", [.. MediaFiles.H264, "-c:a", "aac"]);
        var plan = (
            await Conversions.RunAsync(source, OutputRequest.Parse("mp4", null), files.NewDirectory(), info: Song)
        ).Plan;
        var path = await CopyAsync(source);
        var stop = TestContext.Current.CancellationToken;
        await Relabel.TryAsync(plan, null, path, stop);
        var length = new FileInfo(path).Length;

        Assert.True(await Relabel.TryAsync(plan with { Tags = [new("title", "Another")] }, null, path, stop));

        Assert.Equal(length, new FileInfo(path).Length);
        Assert.Equal(["©NAM=Another"], await TagReaders.MutagenAsync(Named(path, "mp4")));
        Assert.DoesNotContain(
            "Tyler",
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, stop)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("fragmented.mp4", "-movflags", "+frag_keyframe+empty_moov")]
    [InlineData("quick.mov", "-c:a", "aac")]
    [InlineData("named.mp4", "-tag:v", "avc3")]
    [InlineData("hinted.mp4", "-movflags", "+rtphint")]
    public async Task Anything_unusual_is_left_as_it_is(string name, string option, string value)
    {
        var source = await MakeAsync(name, [.. MediaFiles.H264, option, value]);
        var plan = (await Conversions.RunAsync(source, OutputRequest.Parse("mp4", null), files.NewDirectory())).Plan;
        var path = await CopyAsync(source);
        var stop = TestContext.Current.CancellationToken;

        Assert.False(await Relabel.TryAsync(plan, null, path, stop));

        Assert.Equal(await File.ReadAllBytesAsync(source, stop), await File.ReadAllBytesAsync(path, stop));
    }

    [Fact]
    public async Task What_changes_anything_but_tags_is_made_again()
    {
        var source = await files.Mp4Async();
        var probe = await Ffprobe.ProbeAsync(source, TestContext.Current.CancellationToken);

        Assert.True(Suits(OutputRequest.Parse("mp4", null)));
        Assert.False(Suits(OutputRequest.Parse("mp4", "144p")));
        Assert.False(Suits(OutputRequest.Parse("m4a", null)));
        Assert.False(Suits(OutputRequest.Parse("mkv", null)));
        Assert.False(Suits(OutputRequest.Parse("mp4", null) with { Clip = Clip.Parse("1", "2") }));

        bool Suits(OutputRequest request) =>
            Relabel.Suits(ConversionPlanner.Plan(Planner.Plan(Conversions.Unknown, request), [probe]), [probe]);
    }

    private Task<string> MakeAsync(string name, string[] arguments) =>
        files.MakeAsync(name, [.. MediaFiles.Picture(320, 240), .. MediaFiles.Sound, .. arguments]);

    private async Task<string> CopyAsync(string source)
    {
        // On the disk, not in memory, whose file systems make no room.
        var path = Path.Combine(files.NewDirectory(), "unverified");
        await using var from = File.OpenRead(source);
        await using var to = File.Create(path);
        await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>Leaves out the name of the program that wrote the file.</summary>
    private static bool IsOfMedium(string tag) => !tag.StartsWith("©TOO", StringComparison.Ordinal);

    /// <summary>mutagen goes by the name.</summary>
    private static string Named(string path, string format)
    {
        var named = Path.ChangeExtension(path, format);
        File.Delete(named);
        File.CreateSymbolicLink(named, path);
        return named;
    }

    /// <summary>Packets as the file holds them.</summary>
    private static async Task<List<string>> StreamsAsync(string path) =>
        await Conversions.FfmpegAsync(path, "-map", "0:V?", "-map", "0:a?", "-c", "copy", "-f", "streamhash", "-");

    private static async Task<List<string>> ShownAsync(string path) =>
        [
            .. (
                await Conversions.ShowAsync(
                    path,
                    "-show_entries",
                    "format_tags:stream_tags:stream=index,codec_name,codec_tag_string,width,height,duration,start_time:stream_disposition=attached_pic"
                )
            ).Where(line =>
                !line.StartsWith("TAG:encoder", StringComparison.Ordinal)
                && !line.Contains("_brand", StringComparison.Ordinal)
                && !line.Contains("minor_version", StringComparison.Ordinal)
                && !line.Contains("vendor_id", StringComparison.Ordinal)
            ),
        ];

    /// <summary>Atoms of the tags, but for the name of the program that wrote the file.</summary>
    private static List<string> Lists(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return
        [
            .. Boxes
                .Within(bytes, "moov", "udta", "meta", "ilst")
                .Where(box => box.Type != "©too")
                .Select(box => $"{box.Type} {Convert.ToHexString(bytes.AsSpan((int)box.Start..(int)box.End))}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
