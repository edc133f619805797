using System.Diagnostics;
using Decant.Server.Jobs.Queue;
using Decant.Server.Telemetry;
using Quartz;

namespace Decant.Server.Jobs.Runs;

/// <summary>The queue's end of a run: one firing, one <see cref="JobRun"/>.</summary>
internal sealed class RunJob(JobRun run, RunsHere runs) : IJob<QueuedJob>
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        QueuedJob input,
        CancellationToken cancellationToken = default
    )
    {
        using var here = runs.Enter();
        using var span = BeginSpan(input);
        await run.RunAsync(input, context.FireInstanceId, cancellationToken);
    }

    /// <summary>Goes on with the trace of the request, on whichever node that was; in the log also where nobody collects traces.</summary>
    private static Activity BeginSpan(QueuedJob input)
    {
        _ = ActivityContext.TryParse(input.Trace, null, isRemote: true, out var parent);
        if (Measures.Source.StartActivity("run job", ActivityKind.Consumer, parent) is { } collected)
        {
            return collected.SetTag("decant.job", input.JobId);
        }

        var plain = new Activity("run job");
        return (input.Trace is { } trace ? plain.SetParentId(trace) : plain).Start();
    }
}
