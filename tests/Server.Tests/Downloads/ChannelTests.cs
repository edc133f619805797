using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

/// <summary>Channels, and other lists of lists.</summary>
public abstract class ChannelTests(DecantServer server)
{
    private const string Sets = "https://soundcloud.com/decantlab/sets";

    [Theory]
    [InlineData("https://www.youtube.com/@decantlab", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/channel/UCdecantlab0000000000000", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/c/DecantLab", "Decant Lab", 45)]
    [InlineData("https://m.youtube.com/user/DecantLab", "Decant Lab", 45)]
    [InlineData("https://www.youtube.com/@decantlab/videos", "Decant Lab - Videos", 40)]
    [InlineData("https://www.youtube.com/@decantlab/shorts", "Decant Lab - Shorts", 3)]
    [InlineData("https://www.youtube.com/@decantlab/streams", "Decant Lab - Live", 2)]
    [InlineData("https://www.youtube.com/@decantfilms", "Decant Films - Videos", 4)]
    public async Task A_channel_is_a_list_of_what_is_in_its_tabs(string url, string title, int count)
    {
        var info = await server.Http.InfoAsync(url);

        Assert.Equal((title, count), (info.Text("title"), info["entries"]!.AsArray().Count));
        Assert.Equal(count, info.Number("playlist_count"));
    }

    [Fact]
    public async Task A_list_of_lists_is_a_list_of_what_is_in_them()
    {
        var info = await server.Http.InfoAsync(Sets);

        var entries = info["entries"]!.AsArray();
        Assert.Equal(11, info.Number("playlist_count"));
        Assert.Equal(Enumerable.Range(1, 11), entries.Select(entry => (int)entry!["index"]!));
        Assert.EndsWith("/track-2002", entries[1]!.Text("url"), StringComparison.Ordinal);
        Assert.EndsWith("/track-2003", entries[9]!.Text("url"), StringComparison.Ordinal);
        Assert.EndsWith("/sets/lab-set-gone", entries[10]!.Text("url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picks_count_through_the_lists_of_a_list_and_a_broken_one_hurts_no_other()
    {
        var answer = await server.DownloadAsync(
            new
            {
                url = Sets,
                format = "mp3",
                playlist_items = "2,8,11",
            }
        );

        Assert.Equal([2, 8], answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(("content_not_found", 11L), (error.Text("code"), error.Number("playlist_index")));
        await server.Http.CancelAsync(answer);
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_not_found() =>
        await (
            await server.PostAsync("/api/v1/video/info", new { url = "https://www.youtube.com/@nobodyatall" })
        ).ReadProblemAsync(404, "content_not_found");

    [Fact]
    public async Task Shorts_and_broadcasts_of_a_channel_can_be_picked_behind_its_videos()
    {
        var answer = await server.DownloadAsync(
            new
            {
                url = "https://www.youtube.com/@decantlab",
                format = "m4a",
                playlist_items = "40,41,45",
            }
        );

        Assert.Equal([40, 41, 45], answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        Assert.Equal(3, answer["jobs"]!.AsArray().Select(job => job!.Text("url")).Distinct().Count());
        await server.Http.CancelAsync(answer);
    }
}

[Collection<ListServers<Sqlite>>]
public sealed class ChannelsOnSqlite(ServerOn<Sqlite> on) : ChannelTests(on.Server);

[Collection<ListServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class ChannelsOnPostgres(ServerOn<Postgres> on) : ChannelTests(on.Server);
