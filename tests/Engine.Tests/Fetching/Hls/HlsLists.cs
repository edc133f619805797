namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Playlists as packagers write them, over the segments of <see cref="HlsMaterial"/>.</summary>
internal static class HlsLists
{
    public const string Main = "#EXTINF:2,\nmain-ts-0.ts\n#EXTINF:2,\nmain-ts-1.ts\n";
    public const string MainMp4 =
        "#EXT-X-MAP:URI=\"main-init.mp4\"\n#EXTINF:2,\nmain-mp4-0.m4s\n#EXTINF:2,\nmain-mp4-1.m4s\n";
    public const string End = "#EXT-X-ENDLIST\n";

    private const string AdvertMp4 = "#EXT-X-MAP:URI=\"advert-init.mp4\"\n#EXTINF:2,\nadvert-mp4-0.m4s\n";
    private const string Advert = "#EXTINF:2,\nadvert-ts-0.ts\n";
    private const string Small = "#EXTINF:2,\nsmall-ts-0.ts\n";
    private const string Cut = "#EXT-X-DISCONTINUITY\n";

    /// <summary>Media of two parts that differ.</summary>
    public static IEnumerable<(string Name, string Playlist, Whole Whole)> OfTwoParts =>
        [
            ("another-rate", "#EXTM3U\n" + Main + Cut + Advert + End, new(150, 6, 160, 48_000, Advert: 4.75)),
            ("rate-back", "#EXTM3U\n" + Advert + Cut + Main + End, new(150, 6, 160, 48_000, Advert: 0.5)),
            ("another-size", "#EXTM3U\n" + Main + Cut + Small + End, new(150, 6, 160, 44_100, Advert: 4.75)),
            ("larger-later", "#EXTM3U\n" + Small + Cut + Main + End, new(150, 6, 160, 44_100, Advert: 0.5)),
            ("maps", "#EXTM3U\n" + MainMp4 + Cut + AdvertMp4 + End, new(150, 6, 160, 48_000, Advert: 4.75)),
            ("maps-and-ts", "#EXTM3U\n" + Advert + Cut + MainMp4 + End, new(150, 6, 160, 48_000, Advert: 0.5)),
        ];

    /// <summary>Lists of the main medium, each odd in a way of its own.</summary>
    public static IEnumerable<(string Name, string Playlist)> OfMain =>
        [
            ("vod-without-end", "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:VOD\n" + Main),
            ("indented", Edited("#EXT", "   #EXT")),
            ("byte-order-mark", "\uFEFF" + Plain),
            ("blank-first", "\n\n" + Plain),
            ("lengths-unread", Edited(":2,", ":2;0,")),
            ("without-lengths", "#EXTM3U\nmain-ts-0.ts\nmain-ts-1.ts\n" + End),
            ("empty-tags", Tagged("#EXT-X-TARGETDURATION:\n#EXT-X-MEDIA-SEQUENCE:\n")),
            ("defined", Edited("main-ts", "{$n}", "#EXT-X-DEFINE:NAME=\"n\",VALUE=\"main-ts\"\n")),
            ("key-in-its-address", Edited("main-ts", "main-aes", Key("IV=0x1"))),
            ("carriage-returns", Plain.Replace("\n", "\r\n", StringComparison.Ordinal)),
            ("comments", Edited("\nmain", "\n# c\n\n#EXT-X-CUSTOM\nmain", "# comment\n\n#EXT-X-UNKNOWN:foo\n#\n")),
            ("blanks-behind", Edited(".ts\n", ".ts  \t\n")),
            ("one-without-length", "#EXTM3U\n#EXTINF:2,\nmain-ts-0.ts\nmain-ts-1.ts\n" + End),
            ("lengths-without-comma", Edited(":2,", ":2")),
            ("negative-lengths", Edited(":2,", ":-1,", "#EXT-X-TARGETDURATION:-10\n#EXT-X-MEDIA-SEQUENCE:-11\n")),
            ("two-sequences", Tagged("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MEDIA-SEQUENCE:11\n")),
            ("a-huge-sequence", Tagged("#EXT-X-MEDIA-SEQUENCE:9223372036854775000\n")),
            ("type-in-small-letters", Tagged("#EXT-X-PLAYLIST-TYPE:vod\n")),
            ("an-end-at-the-beginning", "#EXTM3U\n" + End + Main),
            ("addresses-with-a-query", Edited(".ts\n", ".ts?tok=a/b&x=%2F&y=á#f\n")),
            ("addresses-with-dots", Edited("main-", "./x/../main-")),
            (
                "dates-and-cues",
                "#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:2020-01-01T00:00:00.000+0100\n#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2020-01-01T00:00:00Z\",DURATION=5\n#EXT-X-CUE-OUT:5\n"
                    + Main
                    + "#EXT-X-CUE-IN\n"
                    + End
            ),
            ("a-place-to-begin", Tagged("#EXT-X-START:TIME-OFFSET=-1.5\n")),
            (
                "parts-of-low-latency",
                "#EXTM3U\n#EXT-X-PART-INF:PART-TARGET=0.5\n"
                    + Main.Replace(
                        "#EXTINF",
                        "#EXT-X-PART:DURATION=0.5,URI=\"gone.ts\"\n#EXTINF",
                        StringComparison.Ordinal
                    )
                    + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x.ts\"\n"
                    + End
            ),
            ("no-key-first", Tagged("#EXT-X-KEY:METHOD=NONE\n")),
            (
                "the-same-map-again",
                "#EXTM3U\n"
                    + MainMp4.Replace(
                        "#EXTINF:2,\nmain-mp4-1",
                        "#EXT-X-MAP:URI=\"main-init.mp4\"\n#EXTINF:2,\nmain-mp4-1",
                        StringComparison.Ordinal
                    )
                    + End
            ),
            ("a-vector-in-capitals", Edited("main-ts", "main-aes", Key("KEYFORMAT=\"identity\",IV=0X1"))),
        ];

    private static string Plain => Tagged("");

    /// <summary>The main medium's list with tags before its segments.</summary>
    public static string Tagged(string tags) => "#EXTM3U\n" + tags + Main + End;

    /// <summary>The main medium's list with its segments written otherwise, and tags before them.</summary>
    public static string Edited(string from, string to, string tags = "") =>
        "#EXTM3U\n" + tags + Main.Replace(from, to, StringComparison.Ordinal) + End;

    /// <summary>A tag with the key of the encrypted segments.</summary>
    public static string Key(string attributes) =>
        $"#EXT-X-KEY:METHOD=AES-128,URI=\"{HlsMaterial.Key}\",{attributes}\n";
}
