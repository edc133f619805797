using Decant.Server.Background;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Ending;

/// <summary>Removes jobs that ended longer ago than they are kept, where the operator has set such a time.</summary>
internal sealed class JobRetention(JobStopping stopping, IOptions<JobsOptions> options, LoopServices services)
    : PeriodicLoop(options.Value.SweepEvery, services)
{
    private const int AtOnce = 200;

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Retention is not { } kept)
        {
            return;
        }

        var before = Time.GetUtcNow() - kept;
        IReadOnlyList<StoppedJob> removed;
        do
        {
            removed = await stopping.RemoveAsync(
                jobs =>
                    jobs.Where(job => job.CompletedAt < before && job.Status != JobStatus.Processing)
                        .OrderBy(job => job.CompletedAt)
                        .Take(AtOnce),
                cancellationToken
            );
        } while (removed.Count == AtOnce);
    }
}
