using Decant.Engine.Planning;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Fetching.Dash;

/// <summary>Renditions are put together by the presentation's clock: measured where the picture flashes and the sound beeps.</summary>
public sealed class DashClockTests(LabEngine lab, DashMaterial material) : IClassFixture<DashMaterial>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    /// <summary>Manifests, how much later than the picture the sound is meant to be, and which moments are in them.</summary>
    public static TheoryData<string, string, double, int, int> Clocks =>
        new()
        {
            { "no offsets", One(Video("v"), Audio("a")), 0, 0, 5 },
            { "an offset on the sound", One(Video("v"), Audio("a", 500)), -0.5, 0, 5 },
            { "an offset on the picture", One(Video("v", 500), Audio("a")), 0.5, 0, 5 },
            { "an offset on both", One(Video("v", 500), Audio("a", 500)), 0, 0, 5 },
            { "an offset on both, beyond a segment", One(Video("v", 2000), Audio("a", 2000)), 0, 1, 4 },
            { "a clock that began long before", One(Video("w", 100_000), Audio("b", 100_000)), 0, 0, 5 },
            { "a clock that began long before, and another", One(Video("v"), Audio("b", 100_000)), 0, 0, 5 },
            { "a clock that began long before, untold", One(Video("w"), Audio("b")), 0, 0, 5 },
            { "single files", One(File("video"), File("sound")), 0, 0, 5 },
            { "single files, an offset on the sound", One(File("video"), File("sound", 500)), -0.5, 0, 5 },
            {
                "a period that ends within a segment of sound",
                Two(5, Video("v"), Audio("a"), Video("v", 5000, first: 6), Audio("a", 5000, first: 3)),
                0,
                0,
                5
            },
            {
                "a period that ends within a segment of sound, of a clock that began long before",
                Two(
                    5,
                    Video("w", 100_000),
                    Audio("b", 100_000),
                    Video("w", 105_000, first: 6),
                    Audio("b", 105_000, first: 3)
                ),
                0,
                0,
                5
            },
            {
                "single files through two periods",
                Two(6, File("video"), File("sound"), File("video", 6000), File("sound", 6000)),
                0,
                0,
                5
            },
            {
                "single files through two periods, untold",
                Two(6, File("video"), File("sound"), File("video"), File("sound")),
                0,
                0,
                5
            },
            {
                "single files, and segments for the rest",
                Two(6, File("video"), File("sound"), Video("v", 6000, first: 7), Audio("a", 6000, first: 4)),
                0,
                0,
                5
            },
        };

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task Picture_and_sound_are_in_step_within_20_ms_with(
        string what,
        string manifest,
        double late,
        int first,
        int count
    )
    {
        var url = await material.ServeAsync(string.Concat(what.Where(letter => letter is >= 'a' and <= 'z')), manifest);
        foreach (var container in (string[])["mp4", "mkv"])
        {
            var moments = await Moments.ReadAsync(await RunAsync(url, container));
            FidelityTable.Record(
                "DASH clocks",
                $"{what} to {container}",
                FormattableString.Invariant($"sound {late:0.0} s after the picture"),
                $"{moments}"
            );
            Assert.Equal(count, moments.Flashes.Count);
            Assert.Equal(count, moments.Beeps.Count);
            Assert.All(moments.Flashes.Zip(moments.Beeps), pair => Assert.Equal(late, pair.Second - pair.First, 0.02));
            // Nothing is told twice and nothing is left out on the way.
            var told = DashMaterial.Moments.Skip(first).Take(count).ToList();
            Assert.All(
                moments.Flashes.Zip(told),
                pair => Assert.Equal(pair.Second - told[0], pair.First - moments.Flashes[0], 0.021)
            );
        }
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task What_lies_before_a_period_is_cut_also_where_the_file_could_be_made_while_segments_come(
        string container
    )
    {
        var manifest = One(Video("v", 2000), Audio("a", 2000));
        var url = await material.ServeAsync($"slow{container}", manifest, slowly: true);

        var moments = await Moments.ReadAsync(await RunAsync(url, container));

        var told = DashMaterial.Moments.Skip(1).Select(at => at - 2);
        Assert.Equal(told, moments.Flashes, (one, other) => Math.Abs(one - other) < 0.05);
        Assert.Equal(told, moments.Beeps, (one, other) => Math.Abs(one - other) < 0.05);
    }

    [Fact]
    public async Task Subtitles_of_TTML_come_beside_those_of_WebVTT()
    {
        await material.WriteAsync("en.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nhello\n");
        await material.WriteAsync(
            "de.ttml",
            """<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="3s">hallo</p></div></body></tt>"""
        );
        var sets = string.Concat(Text("en", "text/vtt", "en.vtt"), Text("de", "application/ttml+xml", "de.ttml"));
        var url = await material.ServeAsync("texts", One(Video("v"), Audio("a") + sets));
        var request = OutputRequest
            .Parse("mkv", null)
            .Refine(new Refinement { Subtitles = new() { Languages = ["en", "de"] } });
        var made = await lab.Engine.RunAsync(
            url,
            request,
            _directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["de", "en"], made.Subtitles.Select(one => one.Language).Order());

        static string Text(string language, string type, string name) =>
            $"""<AdaptationSet contentType="text" mimeType="{type}" lang="{language}"><Representation id="{language}" bandwidth="1"><BaseURL>{name}</BaseURL></Representation></AdaptationSet>""";
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string One(string video, string audio) => Mpd.Of(Mpd.Period(video + audio), home: "");

    private static string Two(int seconds, string video, string audio, string nextVideo, string nextAudio) =>
        Mpd.Of(
            Mpd.Period(video + audio, $"""duration="PT{seconds}S" """)
                + Mpd.Period(nextVideo + nextAudio, $"""start="PT{seconds}S" """),
            home: ""
        );

    private static string Video(string name, int offset = 0, int first = 1) =>
        Mpd.Video(Segments(name, 1, offset, first), size: """width="160" height="90" """);

    private static string Audio(string name, int offset = 0, int first = 1) =>
        Mpd.Audio(Segments(name, 2, offset, first));

    /// <param name="name">Of the segments.</param>
    /// <param name="seconds">Of each.</param>
    /// <param name="offset">Milliseconds.</param>
    /// <param name="first">Number of the first.</param>
    private static string Segments(string name, int seconds, int offset, int first) =>
        $"""
            <SegmentTemplate timescale="1000" {Offset(
                offset
            )} initialization="{name}-init.m4s" media="{name}-$Number$.m4s" startNumber="{first}">
            <SegmentTimeline>
            <S t="{(name is "w" or "b" ? 100_000 : 0) + ((first - 1) * seconds * 1000)}" d="{seconds * 1000}" r="{(
                12 / seconds
            ) - first}"/>
            </SegmentTimeline>
            </SegmentTemplate>
            """;

    private static string File(string name, int offset = 0) =>
        name == "video"
            ? Mpd.Video(Base(name, offset), size: """width="160" height="90" """)
            : Mpd.Audio(Base(name, offset));

    private static string Base(string name, int offset) =>
        $"""<BaseURL>{name}.mp4</BaseURL><SegmentBase timescale="1000" {Offset(offset)}/>""";

    private static string Offset(int offset) => offset == 0 ? "" : $"presentationTimeOffset=\"{offset}\"";

    private async Task<string> RunAsync(Uri url, string container)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory, container)).FullName;
        var result = await lab.RunAsync(url, container, directory);
        return result.Path;
    }
}
