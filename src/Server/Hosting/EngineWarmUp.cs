using Decant.Engine;
using Decant.Server.Background;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Starts the extractor while the server already listens, so that the first look-up need not wait for it. Tried again until it starts.</summary>
internal sealed class EngineWarmUp(MediaEngine engine, IOptions<ExtractorSettings> settings, LoopServices services)
    : BackgroundLoop(services)
{
    protected override TimeSpan LongestPause => TimeSpan.FromMinutes(5);

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (settings.Value.WarmUp)
        {
            await engine.StartAsync([], stoppingToken);
            engine.LendLookUps();
        }

        Succeeded();
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, stoppingToken);
    }
}
