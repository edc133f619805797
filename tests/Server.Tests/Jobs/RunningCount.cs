using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Queue;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>How many jobs run at once, on all nodes.</summary>
internal static class RunningCount
{
    /// <summary>Counts them again and again until it is told that all is over.</summary>
    /// <returns>The most there were.</returns>
    public static async Task<MostAtOnce> MostAtOnceAsync(this DecantServer server, CancellationToken over)
    {
        var most = new MostAtOnce(0, "");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            do
            {
                await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync(over);
                var running = await db
                    .Jobs.Where(job => job.Status == JobStatus.Processing && job.RunId != null)
                    .Select(job => $"job {job.Id} {job.Stage}, attempt {job.Attempts}, run {job.RunId}")
                    .ToListAsync(over);
                if (running.Count > most.Count)
                {
                    var queued = await server.Get<JobQueue>().GetRunsAsync(over);
                    most = new(
                        running.Count,
                        $"{string.Join("; ", running)}; the queue knows {string.Join(", ", queued)}"
                    );
                }
            } while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // All have had their turn.
        }

        return most;
    }
}

/// <param name="Count">Jobs.</param>
/// <param name="Which">They, and just after it the runs that the queue knew.</param>
internal sealed record MostAtOnce(int Count, string Which);
