using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>A list of segments that the look-up has read, through the whole engine.</summary>
public sealed class SeenPlaylistTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    [Fact]
    public async Task It_is_asked_for_once_and_its_segments_are_the_films()
    {
        const string path = "/media/hls-discontinuity/index.m3u8";
        var before = lab.Lab.Requests.Hits(path);

        var made = await lab.RunAsync(lab.At($"{path}?once=1"), "mp4", files.NewDirectory());

        Assert.Equal(before + 1, lab.Lab.Requests.Hits(path));
        Assert.Equal("h264", made.VideoCodec);
    }

    [Fact]
    public async Task Of_a_master_that_of_the_chosen_rendition_is_asked_for_with_its_own_address()
    {
        var made = await lab.RunAsync(lab.At("/media/hls-ts/master.m3u8?once=2"), "mp4", files.NewDirectory());

        Assert.Equal(720, made.Height);
    }
}
