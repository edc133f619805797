using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Dash;
using Decant.Engine.Fetching.Live;

namespace Decant.Engine.Tests.Fetching.Live;

public sealed class LiveManifestTests
{
    private static readonly Uri Url = new("https://live.example/a/manifest.mpd?token=1");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void By_the_clock_there_is_what_has_ended_by_now_and_is_still_kept()
    {
        var window = Read(
            """<SegmentTemplate timescale="1000" duration="2000" startNumber="7" initialization="i-$RepresentationID$.mp4" media="$RepresentationID$/$Number%05d$-$$.m4s"/>""",
            "PT6S",
            seconds: 21
        )!;

        Assert.Equal([15, 16], window.Segments.Select(segment => segment.Sequence));
        Assert.Equal("https://live.example/a/b/v/00015-$.m4s", window.Segments[0].Segment!.Url.AbsoluteUri);
        Assert.Equal("https://live.example/a/b/i-v.mp4", window.Segments[0].Head!.Url.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(2), window.Target);
        Assert.False(window.HasEnded);
    }

    [Fact]
    public void A_timeline_says_itself_what_there_is()
    {
        var window = Read(
            """
            <SegmentTemplate timescale="10" startNumber="3" media="$Time$-$Bandwidth$.m4s">
              <SegmentTimeline><S t="100" d="20" r="1"/><S d="30"/><S t="200" d="10" r="-1"/></SegmentTimeline></SegmentTemplate>
            """,
            depth: null,
            seconds: 23
        )!;

        Assert.Equal([3, 4, 5, 6, 7, 8], window.Segments.Select(segment => segment.Sequence));
        Assert.Equal(
            ["100-900.m4s", "120-900.m4s", "140-900.m4s", "200-900.m4s", "210-900.m4s", "220-900.m4s"],
            window.Segments.Select(segment => segment.Segment!.Url.Segments[^1])
        );
        Assert.Null(window.Segments[0].Head);
        Assert.Equal([2, 2, 3, 1, 1, 1], window.Segments.Select(segment => segment.Duration.TotalSeconds));
    }

    [Theory]
    [InlineData("""<SegmentTemplate timescale="0" duration="1" media="$Number$"/>""")]
    [InlineData("""<SegmentTemplate duration="1"/>""")]
    [InlineData("""<SegmentTemplate media="$Number$"/>""")]
    [InlineData("""<SegmentTemplate timescale="1000000" duration="1" media="$Number$"/>""")]
    [InlineData(
        """<SegmentTemplate media="$Time$"><SegmentTimeline><S t="0" d="1" r="9000000000"/></SegmentTimeline></SegmentTemplate>"""
    )]
    [InlineData("""<SegmentTemplate media="http://[" duration="9"/>""")]
    [InlineData("""<SegmentTemplate media="$Number$" duration="9000000000000000000"/>""")]
    [InlineData("""<SegmentList duration="2"><SegmentURL media="a.m4s"/></SegmentList>""")]
    public void What_is_not_understood_or_would_be_a_burden_is_nothing(string template)
    {
        Assert.Null(Read(template, depth: null, seconds: 60));
    }

    [Theory]
    [InlineData("no manifest")]
    [InlineData("<html/>")]
    [InlineData("<!DOCTYPE MPD [<!ENTITY e 'aaaa'>]><MPD>&e;</MPD>")]
    public void Neither_is_what_is_no_manifest(string text)
    {
        Assert.Null(LiveManifest.Read(text, Url, "v", Start));
    }

    private static LiveWindow? Read(string template, string? depth, int seconds) =>
        LiveManifest.Read(
            $"""
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="dynamic" availabilityStartTime="2026-01-01T12:00:00Z" {(
                depth is null ? "" : $"timeShiftBufferDepth=\"{depth}\""
            )}>
              <Period id="old"/><Period id="new"><BaseURL>b/</BaseURL>
                <AdaptationSet>{template}<Representation id="v" bandwidth="900"/></AdaptationSet>
              </Period></MPD>
            """,
            Url,
            "v",
            Start.AddSeconds(seconds)
        );
}
