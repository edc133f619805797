using Decant.Server.Background;
using Decant.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Decant.Server.Jobs.Queue;

/// <summary>Opens the queue once it is started, and goes on giving jobs that a node's death broke off their place before everybody who waits.</summary>
internal sealed class QueueOpening(
    JobQueue queue,
    RunsHere runs,
    IOptions<JobsOptions> options,
    IOptions<NodeOptions> node,
    LoopServices services
) : PeriodicLoop(Every, services, atOnce: true)
{
    /// <summary>The rhythm in which the nodes look after each other.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private bool _isSet;

    /// <summary>Closes the queue before the runs are broken off, or the next jobs would begin in the room that they leave; and lets those runs end that do so within the grace.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await queue.CloseAsync(cancellationToken);
        await runs.WaitAsync(options.Value.StopGrace, Time, cancellationToken);
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await queue.MoveBrokenOffAheadAsync(cancellationToken);
        if (_isSet)
        {
            return;
        }

        await (
            node.Value.RunsJobs
                ? queue.OpenAsync(options.Value, cancellationToken)
                : queue.StandAsideAsync(cancellationToken)
        );
        _isSet = true;
    }
}
