using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public sealed class ListTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task A_list_becomes_one_job_for_each_entry_that_can_be_had()
    {
        var answer = await _server.DownloadAsync(
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3", format = "m4a" }
        );

        var jobs = answer["jobs"]!.AsArray();
        Assert.Equal([1, 3], jobs.Select(job => (int)job!["playlist_index"]!));
        Assert.Equal(answer["job"]!.Number("id"), jobs[0]!.Number("id"));
        Assert.All(jobs, job => Assert.Equal(answer.Text("batch_id"), job!.Text("batch_id")));
        Assert.Equal("content_not_found", answer["errors"]![0]!.Text("code"));
        foreach (var job in jobs)
        {
            await _server.CompletionOfAsync(job!.Number("id"));
        }
    }

    [Fact]
    public async Task Entries_can_be_picked()
    {
        var answer = await _server.DownloadAsync(
            new
            {
                url = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3",
                format = "m4a",
                playlist_items = "3",
            }
        );

        Assert.Equal([3], answer["jobs"]!.AsArray().Select(job => (int)job!["playlist_index"]!));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("3-1")]
    [InlineData("0")]
    [InlineData("1-51")]
    [InlineData("1,,2")]
    public async Task A_pick_that_means_nothing_is_refused(string items)
    {
        var answer = await _server.PostAsync(
            JobFlow.Download,
            new { url = "https://www.youtube.com/playlist?list=PLdecant-lab-mixed-3", playlist_items = items }
        );

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]!["playlist_items"]);
    }
}
