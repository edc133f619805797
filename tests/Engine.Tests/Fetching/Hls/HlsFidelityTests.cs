using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>HLS as packagers write it, from the playlist to the file: pictures, sound and sync are those of the whole medium.</summary>
public sealed class HlsFidelityTests(LabEngine lab, HlsMaterial material) : IClassFixture<HlsMaterial>, IDisposable
{
    private const string Main = "#EXTINF:2,\nmain-ts-0.ts\n#EXTINF:2,\nmain-ts-1.ts\n";
    private const string MainMp4 =
        "#EXT-X-MAP:URI=\"main-init.mp4\"\n#EXTINF:2,\nmain-mp4-0.m4s\n#EXTINF:2,\nmain-mp4-1.m4s\n";
    private const string AdvertMp4 = "#EXT-X-MAP:URI=\"advert-init.mp4\"\n#EXTINF:2,\nadvert-mp4-0.m4s\n";
    private const string Advert = "#EXTINF:2,\nadvert-ts-0.ts\n";
    private const string Cut = "#EXT-X-DISCONTINUITY\n";
    private const string End = "#EXT-X-ENDLIST\n";

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    public static TheoryData<string, string, Whole> Lists =>
        new()
        {
            { "another-rate", "#EXTM3U\n" + Main + Cut + Advert + End, new(150, 6, 160, 48_000, Advert: 4.75) },
            { "rate-back", "#EXTM3U\n" + Advert + Cut + Main + End, new(150, 6, 160, 48_000, Advert: 0.5) },
            {
                "another-size",
                "#EXTM3U\n" + Main + Cut + "#EXTINF:2,\nsmall-ts-0.ts\n" + End,
                new(150, 6, 160, 44_100, Advert: 4.75)
            },
            {
                "larger-later",
                "#EXTM3U\n#EXTINF:2,\nsmall-ts-0.ts\n" + Cut + Main + End,
                new(150, 6, 160, 44_100, Advert: 0.5)
            },
            { "maps", "#EXTM3U\n" + MainMp4 + Cut + AdvertMp4 + End, new(150, 6, 160, 48_000, Advert: 4.75) },
            {
                "maps-and-ts",
                "#EXTM3U\n#EXTINF:2,\nadvert-ts-0.ts\n" + Cut + MainMp4 + End,
                new(150, 6, 160, 48_000, Advert: 0.5)
            },
            { "vod-without-end", "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:VOD\n" + Main, new(100, 4, 160, 44_100) },
            {
                "indented",
                "#EXTM3U\n" + Main.Replace("#EXT", "   #EXT", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            { "byte-order-mark", "\uFEFF#EXTM3U\n" + Main + End, new(100, 4, 160, 44_100) },
            { "blank-first", "\n\n#EXTM3U\n" + Main + End, new(100, 4, 160, 44_100) },
            {
                "lengths-unread",
                "#EXTM3U\n" + Main.Replace(":2,", ":2;0,", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            { "without-lengths", "#EXTM3U\nmain-ts-0.ts\nmain-ts-1.ts\n" + End, new(100, 4, 160, 44_100) },
            {
                "empty-tags",
                "#EXTM3U\n#EXT-X-TARGETDURATION:\n#EXT-X-MEDIA-SEQUENCE:\n" + Main + End,
                new(100, 4, 160, 44_100)
            },
            {
                "defined",
                "#EXTM3U\n#EXT-X-DEFINE:NAME=\"n\",VALUE=\"main-ts\"\n"
                    + Main.Replace("main-ts", "{$n}", StringComparison.Ordinal)
                    + End,
                new(100, 4, 160, 44_100)
            },
            {
                "key-in-its-address",
                $"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{HlsMaterial.Key}\",IV=0x1\n"
                    + Main.Replace("main-ts", "main-aes", StringComparison.Ordinal)
                    + End,
                new(100, 4, 160, 44_100)
            },
            {
                "carriage-returns",
                ("#EXTM3U\n" + Main + End).Replace("\n", "\r\n", StringComparison.Ordinal),
                new(100, 4, 160, 44_100)
            },
            {
                "comments",
                "#EXTM3U\n# comment\n\n#EXT-X-UNKNOWN:foo\n#\n"
                    + Main.Replace("\nmain", "\n# c\n\n#EXT-X-CUSTOM\nmain", StringComparison.Ordinal)
                    + End,
                new(100, 4, 160, 44_100)
            },
            {
                "blanks-behind",
                "#EXTM3U\n" + Main.Replace(".ts\n", ".ts  \t\n", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            {
                "one-without-length",
                "#EXTM3U\n#EXTINF:2,\nmain-ts-0.ts\nmain-ts-1.ts\n" + End,
                new(100, 4, 160, 44_100)
            },
            {
                "lengths-without-comma",
                "#EXTM3U\n" + Main.Replace(":2,", ":2", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            {
                "negative-lengths",
                "#EXTM3U\n#EXT-X-TARGETDURATION:-10\n#EXT-X-MEDIA-SEQUENCE:-11\n"
                    + Main.Replace(":2,", ":-1,", StringComparison.Ordinal)
                    + End,
                new(100, 4, 160, 44_100)
            },
            {
                "two-sequences",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MEDIA-SEQUENCE:11\n" + Main + End,
                new(100, 4, 160, 44_100)
            },
            {
                "a-huge-sequence",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:9223372036854775000\n" + Main + End,
                new(100, 4, 160, 44_100)
            },
            { "type-in-small-letters", "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:vod\n" + Main + End, new(100, 4, 160, 44_100) },
            { "an-end-at-the-beginning", "#EXTM3U\n" + End + Main, new(100, 4, 160, 44_100) },
            {
                "addresses-with-a-query",
                "#EXTM3U\n" + Main.Replace(".ts\n", ".ts?tok=a/b&x=%2F&y=á#f\n", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            {
                "addresses-with-dots",
                "#EXTM3U\n" + Main.Replace("main-", "./x/../main-", StringComparison.Ordinal) + End,
                new(100, 4, 160, 44_100)
            },
            {
                "dates-and-cues",
                "#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:2020-01-01T00:00:00.000+0100\n#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2020-01-01T00:00:00Z\",DURATION=5\n#EXT-X-CUE-OUT:5\n"
                    + Main
                    + "#EXT-X-CUE-IN\n"
                    + End,
                new(100, 4, 160, 44_100)
            },
            { "a-place-to-begin", "#EXTM3U\n#EXT-X-START:TIME-OFFSET=-1.5\n" + Main + End, new(100, 4, 160, 44_100) },
            {
                "parts-of-low-latency",
                "#EXTM3U\n#EXT-X-PART-INF:PART-TARGET=0.5\n"
                    + Main.Replace(
                        "#EXTINF",
                        "#EXT-X-PART:DURATION=0.5,URI=\"gone.ts\"\n#EXTINF",
                        StringComparison.Ordinal
                    )
                    + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x.ts\"\n"
                    + End,
                new(100, 4, 160, 44_100)
            },
            { "no-key-first", "#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n" + Main + End, new(100, 4, 160, 44_100) },
            {
                "the-same-map-again",
                "#EXTM3U\n"
                    + MainMp4.Replace(
                        "#EXTINF:2,\nmain-mp4-1",
                        "#EXT-X-MAP:URI=\"main-init.mp4\"\n#EXTINF:2,\nmain-mp4-1",
                        StringComparison.Ordinal
                    )
                    + End,
                new(100, 4, 160, 44_100)
            },
            {
                "a-vector-in-capitals",
                $"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{HlsMaterial.Key}\",KEYFORMAT=\"identity\",IV=0X1\n"
                    + Main.Replace("main-ts", "main-aes", StringComparison.Ordinal)
                    + End,
                new(100, 4, 160, 44_100)
            },
        };

    [Theory]
    [InlineData("png", "main-ts", "main-png")]
    [InlineData("junk", "main-ts", "main-junk")]
    public async Task Pictures_and_junk_before_segments_are_left_out(string name, string from, string to)
    {
        var playlist = "#EXTM3U\n" + Main.Replace(from, to, StringComparison.Ordinal) + End;
        await The_whole_medium_comes_out($"before-{name}", playlist, new(100, 4, 160, 44_100));
    }

    [Fact]
    public async Task A_picture_before_segments_of_mp4_is_left_out() =>
        await The_whole_medium_comes_out(
            "before-mp4",
            "#EXTM3U\n" + MainMp4.Replace("main-mp4", "main-mp4-png", StringComparison.Ordinal) + End,
            new(100, 4, 160, 44_100)
        );

    [Fact]
    public async Task A_picture_before_encrypted_segments_is_left_out() =>
        await The_whole_medium_comes_out(
            "before-aes",
            $"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{HlsMaterial.Key}\",IV=0x1\n"
                + Main.Replace("main-ts", "main-aes-png", StringComparison.Ordinal)
                + End,
            new(100, 4, 160, 44_100)
        );

    [Theory]
    [InlineData("main-init.mp4")]
    [InlineData("main-mp4-0.m4s")]
    [InlineData("main-init.mp4", "main-mp4-0.m4s", "main-mp4-1.m4s")]
    public async Task What_stands_in_its_own_address_is_read_there(params string[] written)
    {
        var playlist = written.Aggregate("#EXTM3U\n" + MainMp4 + End, (list, name) =>
            list.Replace(name, material.DataUriOf(name), StringComparison.Ordinal)
        );
        await The_whole_medium_comes_out($"written-{written.Length}{written[0]}", playlist, new(100, 4, 160, 44_100));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task The_whole_medium_comes_out(string name, string playlist, Whole whole)
    {
        var path = await RunAsync(material.Serve($"{name}.m3u8", playlist));

        Assert.Equal(whole.Pictures, (await Decoded.PicturesAsync(path)).Count);
        var shown = await Conversions.ShowAsync(path, "-show_entries", "stream=width,sample_rate");
        Assert.Contains($"width={whole.Width}", shown);
        Assert.Contains($"sample_rate={whole.SampleRate}", shown);
        var pitch = await PitchAsync(path);
        Assert.InRange(pitch.Count / 4.0, whole.Seconds - 0.3, whole.Seconds + 0.3);
        if (whole.Advert >= 0)
        {
            Assert.InRange(pitch[(int)(whole.Advert * 4)], 780, 920);
        }
        // The picture's beginning, of which the sound of a transport stream is ahead by an encoder's delay.
        var began = whole.Advert is >= 0 and < 2 ? 2 : 0;
        Assert.Equal(240 + (80 * 0.0625), pitch[(began * 4) + 2], tolerance: 12);
        FidelityTable.Record(
            "HLS",
            name,
            FormattableString.Invariant($"{whole.Pictures} pictures, {whole.Seconds:0} s of sound"),
            await StreamShape.DescribeAsync(path)
        );
    }

    [Theory]
    [InlineData("sound", 0.023)]
    [InlineData("late", 0.5)]
    public async Task Sound_apart_keeps_its_place_within_20_ms(string kind, double late)
    {
        material.Serve(
            "picture.m3u8",
            "#EXTM3U\n" + Main.Replace("main-ts", "main-picture", StringComparison.Ordinal) + End
        );
        material.Serve(
            $"{kind}.m3u8",
            "#EXTM3U\n" + Main.Replace("main-ts", $"main-{kind}", StringComparison.Ordinal) + End
        );
        var path = await RunAsync(
            material.Serve(
                $"apart-{kind}.m3u8",
                $"""
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="en",LANGUAGE="en",DEFAULT=YES,URI="{kind}.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=160x90,CODECS="avc1.42c00b,mp4a.40.2",AUDIO="g"
                picture.m3u8
                """
            )
        );

        var begin = double.Parse(
            (await Conversions.ShowAsync(path, "-select_streams", "v", "-show_entries", "packet=pts_time"))
                .Where(line => line.StartsWith("pts_time=", StringComparison.Ordinal))
                .Select(line => line["pts_time=".Length..])
                .First(),
            CultureInfo.InvariantCulture
        );
        var pitch = (await PitchAsync(path)).Select((hertz, index) => (hertz, at: index / 4.0));
        var delays = pitch
            .Skip(5)
            .Take(8)
            .Select(heard => heard.at + 0.0625 - begin - ((heard.hertz - 200) / 80))
            .Order()
            .ToList();
        Assert.Equal(late, delays[4], tolerance: 0.02);
        FidelityTable.Record(
            "HLS",
            $"sound apart ({kind})",
            FormattableString.Invariant($"sound {late:0.000} s after the picture"),
            FormattableString.Invariant($"{delays[4]:0.000} s")
        );
    }

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
        material.Serve(
            "sound.m3u8",
            "#EXTM3U\n" + Main.Replace("main-ts", "main-sound", StringComparison.Ordinal) + End
        );
        material.Serve(
            "picture.m3u8",
            "#EXTM3U\n" + Main.Replace("main-ts", "main-picture", StringComparison.Ordinal) + End
        );
        var path = await RunAsync(
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
        var heard = (await PitchAsync(path))[4];
        Assert.InRange(heard, 240, 320);
        FidelityTable.Record(
            "HLS",
            $"main sound ({name})",
            "280 Hz after a second, 820 of the other",
            FormattableString.Invariant($"{heard:0} Hz")
        );
    }

    [Theory]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"key\"", "drm_protected")]
    [InlineData(
        "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\"",
        "drm_protected"
    )]
    [InlineData(
        "#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,AAAA\",KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"",
        "drm_protected"
    )]
    [InlineData("#EXT-X-I-FRAMES-ONLY", "unsupported_url")]
    [InlineData("#EXT-X-SKIP:SKIPPED-SEGMENTS=2", "unsupported_url")]
    [InlineData("#EXT-X-BYTERANGE:many", "unsupported_url")]
    [InlineData("#EXT-X-KEY:URI=\"key\"", "unsupported_url")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128", "unsupported_url")]
    [InlineData("#EXT-X-MAP:BYTERANGE=\"3@0\"", "unsupported_url")]
    public async Task What_cannot_be_had_is_refused_by_name(string tag, string code)
    {
        var name = $"refused-{Math.Abs(tag.GetHashCode(StringComparison.Ordinal))}.m3u8";
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync(material.Serve(name, $"#EXTM3U\n{tag}\n" + Main + End))
        );
        Assert.Equal(code, failure.Error.Code);
        FidelityTable.Record("HLS that is refused", tag, "no file that could be had", $"{code}: {failure.Message}");
    }

    [Theory]
    [InlineData("gone.ts", "in the middle")]
    [InlineData("gone.ts", "at the end")]
    [InlineData("page.ts", "in the middle")]
    public async Task Without_a_segment_it_is_not_the_whole(string segment, string place)
    {
        material.Serve("page.ts", string.Concat(Enumerable.Repeat("<html>gone</html>", 20)));
        var playlist =
            place == "at the end"
                ? "#EXTM3U\n" + Main + $"#EXTINF:2,\n{segment}\n" + End
                : "#EXTM3U\n"
                    + Main.Replace(
                        "#EXTINF:2,\nmain-ts-1",
                        $"#EXTINF:2,\n{segment}\n#EXTINF:2,\nmain-ts-1",
                        StringComparison.Ordinal
                    )
                    + End;
        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            RunAsync(material.Serve($"without-{segment}-{place.Length}.m3u8", playlist))
        );
        Assert.Contains(failure.Error, (MediaError[])[MediaError.ContentNotFound, MediaError.SourceFailed]);
        // The address has a port in it, another one each time.
        FidelityTable.Record("HLS that is refused", $"{segment} {place}", "two of three segments", failure.Error.Code);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<string> RunAsync(Uri url) =>
        (
            await lab.Engine.RunAsync(
                url,
                OutputRequest.Parse("mp4", null),
                _directory,
                new DirectProgress<EngineProgress>(_ => { }),
                TestContext.Current.CancellationToken
            )
        ).Path;

    /// <summary>The pitch (Hz) of the sound in the eighth of a second after each quarter, by its zero crossings; 0 for silence.</summary>
    private static async Task<List<double>> PitchAsync(string path)
    {
        const int Rate = 8000;
        using var samples = new MemoryStream();
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    .. $"-v error -nostdin -i {path} -map 0:a:0 -ac 1 -ar {Rate} -af aresample=async=1:first_pts=0".Split(
                        ' '
                    ),
                    .. "-f s16le pipe:1".Split(' '),
                ]
            )
            {
                Access = null,
                Output = stream => stream.CopyToAsync(samples),
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var heard = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(samples.ToArray()).ToArray();
        return [.. Enumerable.Range(0, heard.Length / (Rate / 4)).Select(quarter => Of(quarter * Rate / 4))];

        double Of(int start)
        {
            var crossings = Enumerable
                .Range(start + 1, Math.Min(Rate / 8, heard.Length - start - 1))
                .Where(at => heard[at - 1] < 0 && heard[at] >= 0)
                .Select(at => at - 1 - (heard[at - 1] / (double)(heard[at] - heard[at - 1])))
                .ToList();
            return crossings.Count > 2 ? (crossings.Count - 1) * Rate / (crossings[^1] - crossings[0]) : 0;
        }
    }

    /// <param name="Pictures">Frames.</param>
    /// <param name="Seconds">Of sound.</param>
    /// <param name="Width">Of the picture.</param>
    /// <param name="SampleRate">Of the sound, in Hz.</param>
    /// <param name="Advert">A moment in the other part, in seconds; negative where there is none.</param>
    public sealed record Whole(int Pictures, double Seconds, int Width, int SampleRate, double Advert = -1);
}
