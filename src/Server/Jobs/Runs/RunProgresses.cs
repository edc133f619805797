using Decant.Server.Data;
using Decant.Server.Jobs.Watching;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs.Runs;

/// <summary>Progress of runs, one for each.</summary>
internal sealed class RunProgresses(
    IDbContextFactory<DecantDb> databases,
    JobChanges changes,
    RunLength length,
    TimeProvider time,
    ILogger<RunProgress> logger
)
{
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="run">Source of the token that ends the run.</param>
    public RunProgress Begin(Job job, CancellationTokenSource run) =>
        new(databases, changes, length, time, job, run, logger);
}
