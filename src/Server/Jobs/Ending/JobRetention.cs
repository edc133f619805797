using Decant.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Ending;

/// <summary>Removes jobs that ended longer ago than they are kept, where the operator has set such a time.</summary>
internal sealed class JobRetention(
    JobStopping stopping,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<JobRetention> logger
) : Janitor(options.Value.SweepEvery, time, logger)
{
    private const int AtOnce = 200;

    public override async Task CleanAsync(CancellationToken cancellationToken)
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
