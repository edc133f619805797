using System.Text;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Fetching;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting.Subtitles;

public sealed class CueReaderTests
{
    private const string WebVtt = """
        WEBVTT - a title

        STYLE
        ::cue { background: url(https://evil.test/) }

        NOTE nothing to see

        intro
        00:01.500 --> 00:03.000 align:start position:0%
        <v Anna>Hello <i>you</i> &amp; <c.red>me</c>

        01:00:00.000 --> 01:00:01.000
        2 &lt; 3<00:00:00.500>
        second line
        """;

    private const string SubRip = """
        1
        00:00:01,500 --> 00:00:03,000
        {\an8}<font color="#ff0000">Hello</font> <I>you</I>

        2
        00:00:04,000 --> 00:00:05,000
        5 > 4 & <3
        """;

    [Fact]
    public void WebVTT_is_read_and_nothing_comes_through_but_text_and_times() =>
        Assert.Equal(
            [
                new Cue(Seconds(1.5), Seconds(3), "Hello <i>you</i> &amp; me"),
                new Cue(Seconds(3600), Seconds(3601), "2 &lt; 3\nsecond line"),
            ],
            Read(WebVtt)
        );

    private const string Ttml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="10000000">
          <head><styling><style xml:id="s" color="white"/></styling></head>
          <body>
            <div begin="1s">
              <p begin="00:00:00.500" end="00:00:02.000" style="s">Hello
                <span>you</span> &amp; &lt;me&gt;<br/>second line</p>
              <p begin="00:00:03:05" dur="1s">frames</p>
              <p begin="50000000t" end="60000000t">ticks</p>
              <p begin="8s" end="7s">never</p>
            </div>
          </body>
        </tt>
        """;

    [Fact]
    public void TTML_is_read_and_nothing_comes_through_but_text_and_times() =>
        Assert.Equal(
            [
                new Cue(Seconds(1.5), Seconds(3), "Hello you &amp; &lt;me&gt;\nsecond line"),
                new Cue(Seconds(4.2), Seconds(5.2), "frames"),
                new Cue(Seconds(6), Seconds(7), "ticks"),
            ],
            Read(Ttml)
        );

    [Fact]
    public void TTML_in_fragments_of_an_MP4_is_read()
    {
        var one = Encoding.UTF8.GetBytes(
            "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s' end='2s'>one</p></div></body></tt>"
        );
        var two = Encoding.UTF8.GetBytes(
            "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='3s' end='4s'>two</p></div></body></tt>"
        );
        byte[] file =
        [
            .. Box("ftyp", "iso6"u8),
            .. Box("moof", []),
            .. Box("mdat", one),
            .. Box("moof", []),
            .. Box("mdat", two),
        ];
        Assert.Equal(
            [new Cue(Seconds(1), Seconds(2), "one"), new Cue(Seconds(3), Seconds(4), "two")],
            CueReader.Read(file)
        );

        static byte[] Box(string name, ReadOnlySpan<byte> content) =>
            [0, 0, 0, (byte)(content.Length + 8), .. Encoding.ASCII.GetBytes(name), .. content];
    }

    [Fact]
    public void SubRip_is_read_the_same_way() =>
        Assert.Equal(
            [
                new Cue(Seconds(1.5), Seconds(3), "Hello <i>you</i>"),
                new Cue(Seconds(4), Seconds(5), "5 &gt; 4 &amp; &lt;3"),
            ],
            Read(SubRip.ReplaceLineEndings("\r\n"))
        );

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html><html></html>")]
    [InlineData("WEBVTT\n\n")]
    [InlineData("WEBVTT\n\n00:03.000 --> 00:01.000\nbackwards\n")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:03.000\n<c></c>\n")]
    [InlineData("99999:00:01.000 --> 99999:00:03.000\nno time\n")]
    public void What_holds_no_text_gives_no_cue(string text) => Assert.Empty(Read(text));

    [Fact]
    public void A_text_cannot_end_its_own_cue_or_start_another()
    {
        var cues = Read("WEBVTT\n\n00:01.000 --> 00:02.000\nx &#10;&#10; 00:00:05.000 --&gt; 00:00:06.000 \u0001y\n");

        Assert.Equal("x  00:00:05.000 → 00:00:06.000 y", Assert.Single(cues).Text);
        Assert.Single(Read(CueWriter.Write(cues, SubtitleFormat.Vtt)));
        Assert.Single(Read(CueWriter.Write(cues, SubtitleFormat.Srt)));
    }

    [Fact]
    public void What_the_segments_of_a_stream_repeat_is_read_once()
    {
        const string Segment =
            "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nonce\n\n";

        Assert.Single(Read(Segment + Segment));
    }

    [Fact]
    public void Old_files_are_read_in_the_letters_of_their_time() =>
        Assert.Equal(
            "Grüße",
            Assert.Single(CueReader.Read(Encoding.Latin1.GetBytes("1\n00:00:01,000 --> 00:00:02,000\nGrüße\n"))).Text
        );

    [Theory]
    [InlineData(SubtitleFormat.Srt, "1\n00:00:01,500 --> 00:00:03,000\nHello <i>you</i> & me\n\n")]
    [InlineData(SubtitleFormat.Vtt, "WEBVTT\n\n00:00:01.500 --> 00:00:03.000\nHello <i>you</i> &amp; me\n\n")]
    public void Cues_are_written_as_players_read_them(SubtitleFormat format, string written) =>
        Assert.Equal(written, CueWriter.Write([Read(WebVtt)[0]], format));

    [Fact]
    public void A_clips_cues_are_those_within_it_counted_from_its_start() =>
        Assert.Equal(
            [new Cue(Seconds(0), Seconds(0.5), "b"), new Cue(Seconds(1), Seconds(2), "c")],
            Cue.Within(
                [
                    new Cue(Seconds(0), Seconds(1), "a"),
                    new Cue(Seconds(1.5), Seconds(2.5), "b"),
                    new Cue(Seconds(3), Seconds(5), "c"),
                    new Cue(Seconds(5), Seconds(6), "d"),
                ],
                Seconds(2),
                Seconds(2)
            )
        );

    [Fact]
    public void Captions_that_roll_up_the_screen_say_each_line_once()
    {
        var rolling = Read(
            """
            WEBVTT

            00:00.000 --> 00:01.990
             
            one<00:00.500><c> two</c>

            00:01.990 --> 00:02.000
            one two
             

            00:02.000 --> 00:03.990
            one two
            three<00:02.500><c> four</c>

            00:03.990 --> 00:04.000
            three four
             

            00:09.000 --> 00:10.000
            three four
            """
        );

        Assert.Equal(
            [
                new Cue(Seconds(0), Seconds(2), "one two"),
                new Cue(Seconds(2), Seconds(4), "three four"),
                new Cue(Seconds(9), Seconds(10), "three four"),
            ],
            RollingCaptions.Unroll(rolling)
        );
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IReadOnlyList<Cue> Read(string text) => CueReader.Read(Encoding.UTF8.GetBytes(text));
}
