using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public sealed class ImpatientListTests
{
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
