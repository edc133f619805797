using System.Data.Common;

namespace Decant.Server.Hosting;

/// <summary>Something to be done every so often for as long as the server runs. A round that fails is logged, and the next one tries again.</summary>
internal abstract partial class Chore(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time => time;

    /// <summary>One round.</summary>
    public abstract Task DoAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await DoAsync(stoppingToken);
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

    [LoggerMessage(LogLevel.Error, "{Chore} failed; the next round tries again")]
    private partial void LogFailed(Exception exception, string chore);
}
