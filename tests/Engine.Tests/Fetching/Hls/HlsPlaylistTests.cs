using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Hls;

namespace Decant.Engine.Tests.Fetching.Hls;

public sealed class HlsPlaylistTests
{
    private static readonly Uri Url = new("https://media.example/a/index.m3u8?token=1");

    [Fact]
    public void Segments_are_found_beside_the_playlist_in_order()
    {
        var segments = Read("#EXTINF:2,", "0.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:2,", "/b/1.ts?x=2");
        Assert.Equal(
            ["https://media.example/a/0.ts", "https://media.example/b/1.ts?x=2"],
            segments!.Select(segment => segment.Url.AbsoluteUri)
        );
        Assert.All(segments!, segment => Assert.Null(segment.Cipher));
    }

    [Fact]
    public void How_long_all_play_is_known_gaps_included()
    {
        var segments = Read("#EXTINF:2.5,One", "0.ts", "#EXT-X-GAP", "#EXTINF:2,", "1.ts", "#EXTINF:1,", "2.ts")!;
        Assert.Equal([2.5, 3], segments.Select(segment => segment.Duration!.Value.TotalSeconds));
        Assert.Equal(5.5, new SegmentList(segments, new Dictionary<string, string>()).Duration?.TotalSeconds);
    }

    [Theory]
    [InlineData("#EXTINF:soon,")]
    [InlineData("#EXTINF:1e308,")]
    public void What_is_no_length_makes_the_whole_unknown(string tag) =>
        Assert.Null(new SegmentList(Read(tag, "0.ts")!, new Dictionary<string, string>()).Duration);

    [Fact]
    public void The_head_comes_first_and_parts_follow_one_another()
    {
        var segments = Read(
            "#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"700@0\"",
            "#EXT-X-BYTERANGE:1000@700",
            "all.mp4",
            "#EXT-X-BYTERANGE:500",
            "all.mp4"
        );
        Assert.Equal(
            [new SegmentPart(0, 700), new SegmentPart(700, 1700), new SegmentPart(1700, 2200)],
            segments!.Select(segment => segment.Part)
        );
    }

    [Fact]
    public void A_key_counts_from_where_it_stands_and_its_vector_is_the_segments_number_unless_given()
    {
        var segments = Read(
            "#EXT-X-MEDIA-SEQUENCE:258",
            "open.ts",
            "#EXT-X-KEY:METHOD=AES-128,URI=\"key?a=b,c\"",
            "1.ts",
            "#EXT-X-KEY:METHOD=AES-128,URI=\"key\",IV=0x1F",
            "2.ts",
            "#EXT-X-KEY:METHOD=NONE",
            "3.ts"
        )!;
        Assert.Null(segments[0].Cipher);
        Assert.Equal("https://media.example/a/key?a=b,c", segments[1].Cipher!.KeyUrl.AbsoluteUri);
        Assert.Equal([.. new byte[14], 1, 3], segments[1].Cipher!.Vector);
        Assert.Equal([.. new byte[15], 0x1F], segments[2].Cipher!.Vector);
        Assert.Null(segments[3].Cipher);
    }

    [Fact]
    public void A_gap_is_left_out_but_counted()
    {
        var segments = Read("#EXT-X-KEY:METHOD=AES-128,URI=\"k\"", "0.ts", "#EXT-X-GAP", "1.ts", "2.ts")!;
        Assert.Equal(2, segments.Count);
        Assert.Equal(2, segments[1].Cipher!.Vector[15]);
    }

    [Theory]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"")]
    [InlineData(
        "#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,AAAA\",KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""
    )]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\"")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.apple.streamingkeydelivery\"")]
    [InlineData("#EXT-X-KEY:METHOD=ISO-23001-7,URI=\"k\",KEYFORMAT=\"urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95\"")]
    public void Keys_for_licensed_players_are_protection(string key)
    {
        Assert.True(List(key, "0.ts")!.IsProtected);
        Assert.False(List(key, "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"", "0.ts")!.IsProtected);
        Assert.False(List(key, "#EXT-X-KEY:METHOD=NONE", "0.ts")!.IsProtected);
    }

    [Theory]
    [InlineData("#EXT-X-STREAM-INF:BANDWIDTH=1")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=12")]
    [InlineData("#EXT-X-BYTERANGE:many")]
    [InlineData("#EXT-X-DEFINE:NAME=\"a\"")]
    [InlineData("#EXT-X-MAP:BYTERANGE=\"1@0\"")]
    public void What_is_odd_is_not_understood(string line) => Assert.Null(Read(line, "0.ts"));

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("0.ts\n#EXTM3U")]
    public void What_does_not_begin_with_a_tag_is_no_playlist(string text) => Assert.Null(HlsPlaylist.Read(text, Url));

    [Theory]
    [InlineData("\uFEFF#EXTM3U\n#EXTINF:2,\n0.ts\n#EXT-X-ENDLIST", 2.0)]
    [InlineData("\n\n#EXTM3U\n  #EXTINF:2,\n\t0.ts \n#EXT-X-ENDLIST", 2.0)]
    [InlineData("#EXTM3U\r#EXTINF:2\r0.ts\r#EXT-X-ENDLIST", 2.0)]
    [InlineData("#EXTM3U\n#EXT-X-ENDLIST\n#EXTINF: 2 , title\n0.ts", 2.0)]
    [InlineData("#EXTM3U\n#EXT-X-PLAYLIST-TYPE:vod\n#EXTINF:2,a,b\n0.ts", 2.0)]
    [InlineData("#EXT-X-TARGETDURATION:2\n#EXTINF:2.5,\n0.ts\n#EXT-X-ENDLIST", 2.5)]
    [InlineData(
        "#EXTM3U\n#EXT-X-TARGETDURATION:\n#EXT-X-MEDIA-SEQUENCE:\n#EXT-X-VERSION:\n#EXTINF:2,\n0.ts\n#EXT-X-ENDLIST",
        2.0
    )]
    [InlineData("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:-11\n#EXTINF:-1,\n0.ts\n#EXT-X-ENDLIST", null)]
    [InlineData("#EXTM3U\n#EXTINF:2;0,\n0.ts\n#EXT-X-ENDLIST", null)]
    [InlineData("#EXTM3U\n0.ts\n#EXT-X-ENDLIST", null)]
    public void A_playlist_may_be_written_carelessly(string text, double? seconds)
    {
        var list = HlsPlaylist.Read(text, Url)!;
        Assert.True(list.HasEnded);
        Assert.Equal("https://media.example/a/0.ts", list.Segments[0].Segment!.Url.AbsoluteUri);
        Assert.Equal(seconds, list.Duration?.TotalSeconds);
    }

    [Fact]
    public void A_list_of_an_event_that_does_not_say_its_end_goes_on() =>
        Assert.False(HlsPlaylist.Read("#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:2,\n0.ts", Url)!.HasEnded);

    [Fact]
    public void Variables_come_from_the_list_from_its_address_and_from_the_master()
    {
        var list = HlsPlaylist.Read(
            """
            #EXTM3U
            #EXT-X-DEFINE:NAME="n",VALUE="seg"
            #EXT-X-DEFINE:QUERYPARAM="token"
            #EXT-X-DEFINE:IMPORT="host"
            #EXTINF:2,
            https://{$host}/{$n}-{$token}.ts
            #EXT-X-ENDLIST
            """,
            Url,
            new Dictionary<string, string> { ["host"] = "cdn.example" }
        );
        Assert.Equal("https://cdn.example/seg-1.ts", list!.Segments[0].Segment!.Url.AbsoluteUri);
    }

    [Fact]
    public void Another_map_and_a_discontinuity_begin_a_part_and_the_same_map_again_does_not()
    {
        var segments = Read(
            "#EXT-X-MAP:URI=\"a\"",
            "0.m4s",
            "#EXT-X-MAP:URI=\"a\"",
            "1.m4s",
            "#EXT-X-MAP:URI=\"b\"",
            "2.m4s",
            "#EXT-X-DISCONTINUITY",
            "3.m4s"
        )!;
        Assert.Equal(
            ["a", "0.m4s", "1.m4s", "+b", "2.m4s", "+b", "3.m4s"],
            segments.Select(segment => (segment.BeginsPart ? "+" : "") + segment.Url.Segments[^1])
        );
    }

    [Fact]
    public void A_part_without_a_place_goes_on_in_the_same_file_only()
    {
        var segments = Read("#EXT-X-BYTERANGE:10@5", "a", "#EXT-X-BYTERANGE:10", "a", "#EXT-X-BYTERANGE:10", "b")!;
        Assert.Equal([5, 15, 0], segments.Select(segment => segment.Part!.Start));
    }

    private static IReadOnlyList<Segment>? Read(params string[] lines) => List(lines)?.ToFetch();

    private static HlsPlaylist? List(params string[] lines) =>
        HlsPlaylist.Read(string.Join("\r\n", ["#EXTM3U", .. lines, "#EXT-X-ENDLIST"]), Url);
}
