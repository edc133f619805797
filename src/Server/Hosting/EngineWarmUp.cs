using Decant.Engine;
using Decant.Engine.Errors;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Warms the extractor while the server already listens. A failure is not the server's end: /readyz names it, and the next look-up tries again.</summary>
internal sealed partial class EngineWarmUp(
    MediaEngine engine,
    IOptions<ExtractorSettings> settings,
    ILogger<EngineWarmUp> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Value.WarmUp)
        {
            return;
        }

        // Off the start's own path from the first instruction on.
        await Task.Yield();
        try
        {
            await engine.StartAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it was warm.
        }
        catch (MediaException exception)
        {
            LogCold(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The extractor could not be warmed up; see /readyz")]
    private partial void LogCold(Exception exception);
}
