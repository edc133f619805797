using Decant.Server.Jobs.Queue;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

public sealed class StopTests
{
    [Fact]
    public async Task A_job_that_ends_within_the_grace_of_a_stop_is_completed_by_it()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Jobs:StopGrace=00:01:00");
        // Some seconds.
        var id = await server.StartAsync(new { url = server.Origin("paced/100000/0/media/small.mp4?grace") });
        await server.WhenAsync(id, job => job.Text("stage") == "downloading");

        await server.RestartAsync();

        var job = await server.JobAsync(id);
        Assert.Equal("COMPLETED", job.Text("status"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
    }

    [Fact]
    public async Task A_stop_waits_for_no_run_where_there_is_none()
    {
        var runs = new RunsHere();
        using (runs.Enter())
        {
            Assert.Equal(1, runs.Count);
        }

        await runs.WaitAsync(TimeSpan.FromDays(1), TimeProvider.System, CancellationToken.None);
    }
}
