using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Jobs;

/// <summary>How many jobs run at once, on all nodes.</summary>
internal static class RunningCount
{
    /// <summary>Counts them again and again until it is told that all is over.</summary>
    /// <returns>The most there were.</returns>
    public static async Task<int> MostAtOnceAsync(this DecantServer server, CancellationToken over)
    {
        var most = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            do
            {
                await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync(over);
                var running = await db.Jobs.CountAsync(
                    job => job.Status == JobStatus.Processing && job.RunId != null,
                    over
                );
                most = Math.Max(most, running);
            } while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // All have had their turn.
        }

        return most;
    }
}
