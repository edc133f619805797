using Decant.Engine.Fetching.Dash;

namespace Decant.Engine.Tests.Fetching.Dash;

public sealed class DashSegmentsTests
{
    private static readonly Uri Url = new("https://a.example/show/manifest.mpd");

    public static TheoryData<string, string, string[]> Ways =>
        new()
        {
            {
                "a repetition that goes on to the end",
                Mpd.Timeline("""<S t="0" d="5" r="-1"/>"""),
                ["1:0+5", "2:5+5", "3:10+5"]
            },
            {
                "a repetition that goes on to the next",
                Mpd.Timeline("""<S t="0" d="4" r="-1"/><S t="8" d="2" r="1"/>"""),
                ["1:0+4", "2:4+4", "3:8+2", "4:10+2"]
            },
            {
                "a repetition on a clock that does not begin at nothing",
                """<SegmentTemplate timescale="10" presentationTimeOffset="1000" media="$Time$.m4s"><SegmentTimeline><S t="1000" d="60" r="-1"/></SegmentTimeline></SegmentTemplate>""",
                ["1000:0+6", "1060:6+6"]
            },
            { "numbers given by runs", Mpd.Timeline("""<S t="0" d="6" n="7"/><S d="6"/>"""), ["7:0+6", "2:6+6"] },
            {
                "an end by number",
                """<SegmentTemplate timescale="1" duration="2" startNumber="3" endNumber="5" media="$Number$.m4s"/>""",
                ["3:0+2", "4:2+2", "5:4+2"]
            },
            {
                "a last one that is shorter",
                """<SegmentTemplate duration="5" media="$Number$.m4s"/>""",
                ["1:0+5", "2:5+5", "3:10+2"]
            },
            {
                "a timescale of an odd rate",
                """<SegmentTemplate timescale="30000" duration="120120" media="$Number$.m4s"/>""",
                ["1:0+4.004", "2:4.004+4.004", "3:8.008+3.992"]
            },
            {
                "a list of files, the last of which is shorter",
                """<SegmentList duration="5"><SegmentURL media="1.m4s"/><SegmentURL media="2.m4s"/><SegmentURL media="3.m4s"/></SegmentList>""",
                ["1:0+5", "2:5+5", "3:10+2"]
            },
            {
                "a list with a timeline",
                """<SegmentList timescale="2"><SegmentTimeline><S d="12" r="-1"/></SegmentTimeline><SegmentURL media="1.m4s"/><SegmentURL media="2.m4s"/></SegmentList>""",
                ["1:0+6", "2:6+6"]
            },
            {
                "a list without lengths",
                """<SegmentList><SegmentURL media="1.m4s"/><SegmentURL media="2.m4s"/></SegmentList>""",
                ["1:0+6", "2:6+6"]
            },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void All_segments_are_found_with(string what, string within, string[] expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(
            expected,
            List(within)!
                .Select(one =>
                    FormattableString.Invariant(
                        $"{Number(one)}:{one.Start.TotalSeconds:0.####}+{one.Duration.TotalSeconds:0.####}"
                    )
                )
        );
    }

    [Theory]
    [InlineData("$Number%05d$.m4s", "00001.m4s")]
    [InlineData("$Number%03d$-$Bandwidth$.m4s", "001-400000.m4s")]
    [InlineData("$Number%d$.m4s", "1.m4s")]
    [InlineData("$RepresentationID$/$Time%04d$$$x.m4s", "0/0000$x.m4s")]
    [InlineData("v.m4s?n=$Number$&amp;sig=a%2Fb", "v.m4s?n=1&sig=a%2Fb")]
    [InlineData("//b.example/$Number$.m4s", "https://b.example/1.m4s")]
    [InlineData("/$Number$.m4s", "https://a.example/1.m4s")]
    public void Names_are_filled_in(string media, string expected)
    {
        var found = List($"""<SegmentTemplate duration="2" media="{media}"/>""")![0].Segment.Url.AbsoluteUri;
        Assert.Equal(new Uri(Url, expected).AbsoluteUri, found);
    }

    [Theory]
    [InlineData("""<SegmentTemplate duration="2" media="$SubNumber$-$Number$.m4s"/>""")]
    [InlineData("""<SegmentTemplate duration="2" media="$Unheard$.m4s"/>""")]
    [InlineData("""<SegmentTemplate duration="2" media="ftp://a/$Number$.m4s"/>""")]
    [InlineData("""<SegmentTemplate duration="2"/>""")]
    [InlineData("""<SegmentTemplate media="$Number$.m4s"/>""")]
    [InlineData(
        """<SegmentTemplate media="$Time$.m4s"><SegmentTimeline><S t="0" d="0"/></SegmentTimeline></SegmentTemplate>"""
    )]
    [InlineData("""<SegmentTemplate media="$Time$.m4s"><SegmentTimeline/></SegmentTemplate>""")]
    [InlineData(
        """<SegmentTemplate timescale="1000000" media="$Time$.m4s"><SegmentTimeline><S t="0" d="1" r="-1"/></SegmentTimeline></SegmentTemplate>"""
    )]
    [InlineData("""<SegmentList duration="2"/>""")]
    [InlineData("""<SegmentList duration="2"><SegmentURL mediaRange="5-3"/></SegmentList>""")]
    public void What_is_not_understood_or_would_be_a_burden_is_nothing(string within) => Assert.Null(List(within));

    [Fact]
    public void A_repetition_without_an_end_is_not_understood_where_nobody_says_how_long_the_period_is() =>
        Assert.Null(List(Mpd.Timeline("""<S t="0" d="2" r="-1"/>"""), attributes: ""));

    [Fact]
    public void Ranges_of_one_file_are_segments_as_ffmpeg_writes_them()
    {
        var (one, addressing) = Read(
            """<BaseURL>v.mp4</BaseURL><SegmentList timescale="1" duration="6"><Initialization range="0-833"/><SegmentURL mediaRange="834-999" indexRange="834-877"/><SegmentURL mediaRange="1000-1999"/></SegmentList>"""
        );
        Assert.True(addressing!.TryHead(out var head));
        Assert.Equal((0, 834), (head!.Part!.Start, head.Part.End));
        Assert.Equal(
            [(834, 1000), (1000, 2000)],
            addressing.List(one)!.Select(segment => ((int)segment.Segment.Part!.Start, (int)segment.Segment.Part.End))
        );
        Assert.Equal("https://a.example/show/v.mp4", head.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("PT12.05S", "2", 7, true)]
    [InlineData("PT12.0001S", "2", 6, false)]
    [InlineData("PT11.9S", "2", 6, false)]
    [InlineData("PT13S", "2", 7, false)]
    public void A_segment_that_a_rounded_length_may_have_made_up_is_doubted(
        string duration,
        string length,
        int count,
        bool isDoubtful
    )
    {
        var listed = List(
            $"""<SegmentTemplate duration="{length}" media="$Number$.m4s"/>""",
            $"""type="static" mediaPresentationDuration="{duration}" """
        )!;
        Assert.Equal((count, isDoubtful), (listed.Count, listed[^1].IsDoubtful));
        Assert.DoesNotContain(listed.SkipLast(1), one => one.IsDoubtful);
    }

    [Fact]
    public void So_are_those_that_a_timeline_names_after_the_end() =>
        Assert.Equal(
            [false, false, false, true, true],
            List(Mpd.Timeline("""<S t="0" d="4" r="4"/>"""))!.Select(one => one.IsDoubtful)
        );

    [Fact]
    public void Segments_that_lie_on_several_servers_are_known_at_all_of_them_in_the_order_to_try()
    {
        const string Homes =
            """<BaseURL dvb:priority="2" xmlns:dvb="urn:dvb:dash">https://late.example/x/</BaseURL><BaseURL>https://first.example/y/</BaseURL>""";
        var manifest = DashManifest.Read(Mpd.Of(Mpd.Period("<BaseURL>z/</BaseURL>" + Mpd.Video()), home: Homes), Url)!;
        var segment = manifest.Periods[0].Sets[0][0].Addressing!.List(manifest.Periods[0])![0].Segment;
        Assert.Equal(
            ["https://first.example/y/z/chunk-stream0-00001.m4s", "https://late.example/x/z/chunk-stream0-00001.m4s"],
            [segment.Url.AbsoluteUri, .. segment.Mirrors.Select(mirror => mirror.AbsoluteUri)]
        );
    }

    [Theory]
    [InlineData("""<Period/><Period start="PT5S"/>""", "0+5 5+7")]
    [InlineData("""<Period duration="PT3S"/><Period/>""", "0+3 3+9")]
    [InlineData("""<Period start="PT4S"/>""", "4+8")]
    [InlineData("""<Period duration="PT2S"/><Period duration="PT2S"/>""", "0+2 2+2")]
    public void Periods_say_when_they_are_or_leave_it_to_their_neighbours(string periods, string expected)
    {
        var read = DashManifest.Read(Mpd.Of(periods), Url)!.Periods;
        Assert.Equal(
            expected,
            string.Join(' ', read.Select(one => $"{one.Start.TotalSeconds}+{one.Duration?.TotalSeconds}"))
        );
    }

    private static string Number(DashSegment segment) =>
        Path.GetFileNameWithoutExtension(segment.Segment.Url.AbsolutePath)
            .Replace("chunk-stream0-0000", "", StringComparison.Ordinal);

    private static IReadOnlyList<DashSegment>? List(string within, string attributes = Mpd.Static)
    {
        var (period, addressing) = Read(within, attributes);
        return addressing?.List(period);
    }

    private static (DashPeriod Period, DashAddressing? Addressing) Read(string within, string attributes = Mpd.Static)
    {
        var manifest = DashManifest.Read(Mpd.Of(Mpd.Period(Mpd.Video(within)), attributes, home: ""), Url)!;
        return (manifest.Periods[0], manifest.Periods[0].Sets[0][0].Addressing);
    }
}
