using Decant.Engine.Fetching.Hls;
using Decant.Engine.Fetching.Segments;

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
    [InlineData("#EXT-X-STREAM-INF:BANDWIDTH=1")]
    [InlineData("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.apple.streamingkeydelivery\"")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=12")]
    [InlineData("#EXT-X-BYTERANGE:many")]
    [InlineData("#EXT-X-DEFINE:NAME=\"a\",VALUE=\"b\"")]
    public void What_is_odd_is_left_to_the_extractor(string line) => Assert.Null(Read(line, "0.ts"));

    [Theory]
    [InlineData("#EXTM3U\n0.ts\n")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("#EXTM3U\n#EXT-X-ENDLIST")]
    [InlineData("#EXTM3U\n0.ts\n#EXT-X-MAP:URI=\"b\"\n1.ts\n#EXT-X-ENDLIST")]
    public void So_is_what_has_not_ended_and_what_is_no_playlist(string text) =>
        Assert.Null(HlsPlaylist.Read(text, Url));

    private static IReadOnlyList<Segment>? Read(params string[] lines) =>
        HlsPlaylist.Read(string.Join("\r\n", ["#EXTM3U", .. lines, "#EXT-X-ENDLIST"]), Url);
}
