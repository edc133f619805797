using System.Threading.Channels;
using Decant.Server.Background;
using Decant.Server.Data;
using Quartz.Extensibility;

namespace Decant.Server.Jobs.Queue;

/// <summary>Has this node's schedulers look at the queue at once when another node has put something into it, and not when their next look is due.</summary>
internal sealed class QueueNotice(IServiceProvider provider, LoopServices services)
    : BackgroundLoop(services),
        INodeListener
{
    public const string Name = "decant_queue";

    /// <summary>A single look answers any number of notices that come before it.</summary>
    private readonly Channel<bool> _notices = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public string Place => Name;

    public void Hear(string message) => _notices.Writer.TryWrite(true);

    public void MissSome() => _notices.Writer.TryWrite(true);

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await _notices.Reader.ReadAsync(stoppingToken);
        await provider.GetRequiredService<ISchedulerSignaler>().SignalSchedulingChange(null, stoppingToken);
        await provider
            .GetRequiredKeyedService<ISchedulerSignaler>(JobQueue.Recordings)
            .SignalSchedulingChange(null, stoppingToken);
    }
}
