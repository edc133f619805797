using Decant.Server.Jobs.Queue;
using Quartz;

namespace Decant.Server.Jobs.Runs;

/// <summary>The queue's end of a run: one firing, one <see cref="JobRun"/>.</summary>
internal sealed class RunJob(JobRun run) : IJob<QueuedJob>
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        QueuedJob input,
        CancellationToken cancellationToken = default
    ) => await run.RunAsync(input, context.FireInstanceId, cancellationToken);
}
