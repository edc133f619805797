using System.Threading.Channels;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.Extensions.Options;
using Quartz.Extensibility;

namespace Decant.Server.Jobs.Queue;

/// <summary>
/// Has this node's scheduler look at the queue at once when another node has put something into it, and not when its next look is due.
/// Only the scheduler that it is for, and only where jobs run: each look takes the one lock that all of them share.
/// </summary>
internal sealed class QueueNotice(IServiceProvider provider, IOptions<NodeOptions> node, LoopServices services)
    : BackgroundLoop(services),
        INodeListener
{
    public const string Name = "decant_queue";

    /// <summary>A job for the workers.</summary>
    public const string Jobs = "jobs";

    /// <summary>A recording, which has a scheduler of its own.</summary>
    public const string Recordings = "recordings";

    /// <summary>A single look answers any number of notices that come before it.</summary>
    private readonly Channel<bool> _notices = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private bool _jobsAreDue;
    private bool _recordingsAreDue;

    public string Place => Name;

    public void Hear(string message)
    {
        if (!node.Value.RunsJobs)
        {
            return;
        }

        Volatile.Write(ref message == Recordings ? ref _recordingsAreDue : ref _jobsAreDue, true);
        _notices.Writer.TryWrite(true);
    }

    public void MissSome()
    {
        Hear(Jobs);
        Hear(Recordings);
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await _notices.Reader.ReadAsync(stoppingToken);
        if (Interlocked.Exchange(ref _jobsAreDue, false))
        {
            await provider.GetRequiredService<ISchedulerSignaler>().SignalSchedulingChange(null, stoppingToken);
        }

        if (Interlocked.Exchange(ref _recordingsAreDue, false))
        {
            await provider
                .GetRequiredKeyedService<ISchedulerSignaler>(JobQueue.Recordings)
                .SignalSchedulingChange(null, stoppingToken);
        }
    }
}
