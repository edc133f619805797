using System.Data.Common;

namespace Decant.Server.Hosting;

/// <summary>Removes what is past its time, every so often. What could not be removed waits for the next round.</summary>
internal abstract partial class Janitor(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    public abstract Task CleanAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await CleanAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is IOException or DbException or InvalidOperationException)
                {
                    LogFailed(exception, GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Janitor} could not clean; the next round tries again")]
    private partial void LogFailed(Exception exception, string janitor);
}
