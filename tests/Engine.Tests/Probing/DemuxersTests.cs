using Decant.Engine.Children;
using Decant.Engine.Probing;

namespace Decant.Engine.Tests.Probing;

public sealed class DemuxersTests
{
    private static readonly string[] Names = Demuxers.ForFile[^1].Split(',');

    [Theory]
    [InlineData("hls")]
    [InlineData("dash")]
    [InlineData("webm_dash_manifest")]
    [InlineData("imf")]
    [InlineData("concat")]
    [InlineData("image2")]
    [InlineData("mlv")]
    [InlineData("vobsub")]
    [InlineData("sdp")]
    [InlineData("rtsp")]
    [InlineData("sbg")]
    [InlineData("lavfi")]
    [InlineData("ffmetadata")]
    public void Nothing_that_names_other_files_or_is_a_script_may_be_opened(string demuxer)
    {
        Assert.Equal(["-protocol_whitelist", "file", "-format_whitelist"], Demuxers.ForFile.SkipLast(1));
        Assert.DoesNotContain(demuxer, Names);
    }

    [Fact]
    public async Task Every_name_is_one_of_ffmpegs()
    {
        var known = new HashSet<string>();
        await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/ffmpeg", ["-hide_banner", "-demuxers"])
            {
                Access = null,
                OnLine = line =>
                    known.UnionWith(
                        line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1)?.Split(',') ?? []
                    ),
            },
            TestContext.Current.CancellationToken
        );

        Assert.Empty(Names.Except(known));
    }
}
