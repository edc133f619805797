using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;
using static Decant.Engine.Tests.Fetching.Hls.HlsLists;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Sound in lists of its own, beside the picture's.</summary>
[Collection<HlsCollection>]
public sealed class HlsSoundTests(HlsMaterial material)
{
    [Theory]
    [InlineData("sound", 0.023)]
    [InlineData("late", 0.5)]
    // The encoder's delay is heard where nothing tells the player to leave it out.
    [InlineData("timed", 0.023, "aac")]
    [InlineData("timed-late", 0.523, "aac")]
    [InlineData("timed-late", 0.506, "ac3")]
    // A time that belongs to no picture; both lists begin together.
    [InlineData("timed-elsewhere", 0.023, "aac")]
    public Task Sound_apart_keeps_its_place_within_20_ms(string kind, double late, string extension = "ts") =>
        HoldAsync($"{kind}, {extension}", Edited("main-ts", "main-picture"), Packed(kind, extension), late);

    /// <summary>Parts that are put together.</summary>
    [Theory]
    [InlineData("sound", 0.023)]
    [InlineData("late", 0.5)]
    // Without a time the parts begin together.
    [InlineData("aac", 0.023, "aac")]
    [InlineData("timed", 0.023, "aac")]
    [InlineData("timed-late", 0.523, "aac")]
    [InlineData("timed-elsewhere", 0.023, "aac")]
    public Task Sound_apart_in_parts_keeps_its_place_within_20_ms(string kind, double late, string extension = "ts") =>
        HoldAsync(
            $"{kind} in parts, {extension}",
            Parted(Edited("main-ts", "main-picture")),
            Parted(Packed(kind, extension)),
            late
        );

    /// <summary>Lists that begin anew in different places.</summary>
    [Theory]
    [InlineData("sound", 0.023)]
    [InlineData("late", 0.5)]
    [InlineData("aac", 0.023, "aac")]
    [InlineData("timed-late", 0.523, "aac")]
    public Task Sound_apart_beside_parts_keeps_its_place_within_20_ms(
        string kind,
        double late,
        string extension = "ts"
    ) =>
        HoldAsync(
            $"{kind} beside parts, {extension}",
            Parted(Edited("main-ts", "main-picture")),
            Packed(kind, extension),
            late
        );

    private async Task HoldAsync(string name, string picture, string sound, double late)
    {
        var file = name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');
        var path = await material.RunAsync(material.ServeApart(file, picture, sound));

        await Lips.HoldAsync(path, name, late);
    }

    [Theory]
    [InlineData("aac", "aac", "m4a")]
    [InlineData("aac", "aac", "mp3")]
    [InlineData("timed", "aac", "m4a")]
    [InlineData("timed", "aac", "mp3")]
    [InlineData("timed-late", "aac", "opus")]
    [InlineData("mp3", "mp3", "mp3")]
    [InlineData("mp3", "mp3", "m4a")]
    [InlineData("ac3", "ac3", "mp3")]
    public async Task Sound_in_files_of_its_own_coding_comes_out_whole(string kind, string extension, string format)
    {
        var path = await material.RunAsync(material.Serve($"packed-{kind}.m3u8", Packed(kind, extension)), format);

        var pitch = await Pitch.ReadAsync(path);
        Assert.InRange(pitch.Count / 4.0, 3.75, 4.25);
        // On both sides of where one file ends and the next begins.
        foreach (var at in (int[])[2, 7, 8, 13])
        {
            Assert.Equal(200 + (80 * (at + 0.5) / 4), pitch[at], tolerance: 12);
        }
        FidelityTable.Record(
            "HLS",
            $"packed {kind} to {format}",
            "4 s of sound",
            await StreamShape.DescribeAsync(path)
        );
    }

    private static string Parted(string list) =>
        list.Insert(list.LastIndexOf("#EXTINF", StringComparison.Ordinal), "#EXT-X-DISCONTINUITY\n");

    private static string Packed(string kind, string extension) =>
        Edited("main-ts", $"main-{kind}").Replace(".ts", $".{extension}", StringComparison.Ordinal);

    [Theory]
    [InlineData("described", "DEFAULT=NO,CHARACTERISTICS=\"public.accessibility.describes-video\"", "DEFAULT=YES")]
    [InlineData(
        "described-default",
        "DEFAULT=YES,CHARACTERISTICS=\"public.accessibility.describes-video\"",
        "DEFAULT=NO"
    )]
    [InlineData("second-default", "DEFAULT=NO", "DEFAULT=YES")]
    public async Task The_main_sound_is_taken_wherever_it_is_listed(string name, string first, string second)
    {
        material.Serve(
            "aside.m3u8",
            "#EXTM3U\n#EXTINF:2,\nadvert-ts-0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\nadvert-ts-0.ts\n" + End
        );
        material.Serve("sound.m3u8", Edited("main-ts", "main-sound"));
        material.Serve("picture.m3u8", Edited("main-ts", "main-picture"));
        var path = await material.RunAsync(
            material.Serve(
                $"{name}.m3u8",
                $"""
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="A",LANGUAGE="en",{first},URI="aside.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="B",LANGUAGE="en",{second},URI="sound.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=160x90,CODECS="avc1.42c00b,mp4a.40.2",AUDIO="g"
                picture.m3u8
                """
            )
        );
        var heard = (await Pitch.ReadAsync(path))[4];
        Assert.InRange(heard, 240, 320);
        FidelityTable.Record(
            "HLS",
            $"main sound ({name})",
            "280 Hz after a second, 820 of the other",
            FormattableString.Invariant($"{heard:0} Hz")
        );
    }
}
