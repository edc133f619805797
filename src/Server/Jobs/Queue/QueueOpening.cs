using Decant.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Queue;

/// <summary>Opens the queue once it is started, and closes it at a stop.</summary>
internal sealed class QueueOpening(
    JobQueue queue,
    RunsHere runs,
    IOptions<JobsOptions> options,
    IOptions<NodeOptions> node,
    TimeProvider time
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        node.Value.RunsJobs
            ? queue.OpenAsync(options.Value, cancellationToken)
            : queue.StandAsideAsync(cancellationToken);

    /// <summary>Closes the queue before the runs are broken off, or the next jobs would begin in the room that they leave; and lets those runs end that do so within the grace.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await queue.CloseAsync(cancellationToken);
        await runs.WaitAsync(options.Value.StopGrace, time, cancellationToken);
    }
}
