using Decant.Engine.Errors;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fetching.Dash;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Encrypted media are refused by name wherever it is said, in the media alone too; and what is clear beside them is delivered.</summary>
[Collection<HlsCollection>]
public sealed class ProtectionTests(HlsMaterial material)
{
    private const string Clear = "#EXTM3U\n#EXTINF:2,\nmain-ts-0.ts\n#EXTINF:2,\nmain-ts-1.ts\n#EXT-X-ENDLIST\n";
    private const string Locked =
        "#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\"\n#EXTINF:2,\nmain-ts-0.ts\n#EXT-X-ENDLIST\n";
    private const string SessionKey =
        "#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\"\n";

    public static TheoryData<string> Untold => ["file.mp4", "list.m3u8", "manifest.mpd", "parts.m3u8"];

    [Theory]
    [MemberData(nameof(Untold))]
    public async Task Encrypted_samples_are_drm_though_nothing_says_so(string way)
    {
        var url = way switch
        {
            "file.mp4" => material.At("protected.mp4"),
            "list.m3u8" => material.Serve("untold.m3u8", "#EXTM3U\n#EXTINF:4,\nprotected.mp4\n#EXT-X-ENDLIST\n"),
            "parts.m3u8" => material.Serve(
                "untold-parts.m3u8",
                "#EXTM3U\n#EXTINF:4,\nprotected.mp4\n#EXT-X-DISCONTINUITY\n#EXTINF:4,\nprotected.mp4\n#EXT-X-ENDLIST\n"
            ),
            _ => material.Serve(
                "untold.mpd",
                Mpd.Of(
                    Mpd.Period(Mpd.Video("<BaseURL>protected.mp4</BaseURL>")),
                    """type="static" mediaPresentationDuration="PT4S" """,
                    home: ""
                )
            ),
        };
        foreach (var container in (string[])["mp4", "mp3"])
        {
            var failure = await Assert.ThrowsAsync<MediaException>(() => material.RunAsync(url, container));
            FidelityTable.Record("Protection", $"{way} to {container}", "cenc, said nowhere", $"{failure.Error.Code}");
            Assert.Equal(MediaError.DrmProtected, failure.Error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(SessionKey)]
    public async Task The_clear_rendition_among_protected_ones_is_delivered(string head)
    {
        var name = head.Length > 0 ? "session" : "plain";
        material.Serve("locked.m3u8", Locked);
        material.Serve("clear.m3u8", Clear);
        var url = material.Serve($"mixed-{name}.m3u8", Master(head, "locked.m3u8", "clear.m3u8"));
        var path = await material.RunAsync(url, "mp4");
        Assert.Equal(100, (await Decoded.PicturesAsync(path)).Count);
        FidelityTable.Record(
            "Protection",
            $"a protected and a clear rendition{(head.Length > 0 ? ", a session key" : "")}",
            "4 s in the clear",
            await StreamShape.DescribeAsync(path)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(SessionKey)]
    public async Task Protected_renditions_alone_are_drm(string head)
    {
        material.Serve("locked.m3u8", Locked);
        material.Serve("locked-too.m3u8", Locked);
        var url = material.Serve($"locked-{head.Length}.m3u8", Master(head, "locked.m3u8", "locked-too.m3u8"));
        var failure = await Assert.ThrowsAsync<MediaException>(() => material.RunAsync(url, "mp4"));
        Assert.Equal(MediaError.DrmProtected, failure.Error);
    }

    private static string Master(string head, string high, string low) =>
        $"""
            #EXTM3U
            {head}#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.42c00b,mp4a.40.2"
            {high}
            #EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=160x90,CODECS="avc1.42c00b,mp4a.40.2"
            {low}
            """;
}
