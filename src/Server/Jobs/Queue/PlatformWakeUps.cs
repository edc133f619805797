using System.Threading.Channels;
using Decant.Server.Background;

namespace Decant.Server.Jobs.Queue;

/// <summary>Wakes the parked jobs of platforms that answer again: thousands of them take a while, for which nobody's request waits.</summary>
/// <remarks>Jobs that are not woken look for themselves when their time is over.</remarks>
internal sealed class PlatformWakeUps(JobQueue queue, LoopServices services) : BackgroundLoop(services)
{
    private readonly Channel<string> _platforms = Channel.CreateUnbounded<string>();

    public void Wake(string platform) => _platforms.Writer.TryWrite(platform);

    protected override async Task RoundAsync(CancellationToken stoppingToken) =>
        await queue.WakeRefusedAsync(await _platforms.Reader.ReadAsync(stoppingToken), stoppingToken);
}
