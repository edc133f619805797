using Decant.Engine.Errors;
using Decant.Engine.Tests.Fidelity;
using static Decant.Engine.Tests.Fetching.Hls.HlsLists;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Lists of which no whole file comes are refused by name.</summary>
[Collection<HlsCollection>]
public sealed class HlsRefusalTests(HlsMaterial material)
{
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
            material.RunAsync(material.Serve(name, $"#EXTM3U\n{tag}\n" + Main + End))
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
            material.RunAsync(material.Serve($"without-{segment}-{place.Length}.m3u8", playlist))
        );
        Assert.Contains(failure.Error, (MediaError[])[MediaError.ContentNotFound, MediaError.SourceFailed]);
        // The address has a port in it, another one each time.
        FidelityTable.Record("HLS that is refused", $"{segment} {place}", "two of three segments", failure.Error.Code);
    }
}
