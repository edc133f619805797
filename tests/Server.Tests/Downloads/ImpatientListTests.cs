using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

[Long]
public sealed class ImpatientListTests
{
    private const string Longest = "https://www.youtube.com/playlist?list=PLdecant-lab-many-5000";

    [Fact]
    public async Task All_of_the_longest_list_is_read_and_can_be_picked_at_once_but_not_twice()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Downloads:ListPatience=00:00:00",
            "Jobs:Workers=1"
        );

        var info = await (
            await server.PostAsync("/api/v1/video/info", new { url = Longest, include_formats = true })
        ).ReadOkAsync();
        var answer = await server.DownloadAsync(
            new
            {
                url = Longest,
                format = "m4a",
                playlist_items = "1-4999,5000",
            }
        );
        var twice = await server.PostAsync(
            "/api/v1/video/bulk-download",
            new { downloads = Enumerable.Repeat(new { url = Longest, playlist_items = "1-2501" }, 2) }
        );

        var all = Enumerable.Range(1, 5_000);
        Assert.Equal(all, info["entries"]!.AsArray().Select(entry => (int)entry!["index"]!));
        Assert.Equal(all, answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
        Assert.NotNull((await twice.ReadProblemAsync(400, "invalid_request"))["errors"]!["downloads"]);
        // A cent is held for each, until the first are made.
        var wallet = await (await server.Http.GetAsync("/api/v1/api-wallet/balance")).ReadOkAsync();
        Assert.InRange(wallet.Number("held_cents"), 4_500, 5_000);
    }

    [Fact]
    public async Task Entries_whose_turn_does_not_come_in_time_are_taken_at_the_lists_word()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Downloads:ListPatience=00:00:00");

        var answer = await server.DownloadAsync(
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3", format = "m4a" }
        );

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 2, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal("Lab film mixed000003", jobs[2]!.Text("title"));
        await server.CompletionOfAsync(jobs[2]!.Number("id"));
        var gone = await server.EndOfAsync(jobs[1]!.Number("id"));
        Assert.Equal("content_not_found", gone["error"]!.Text("code"));
    }
}
