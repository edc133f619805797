using Decant.Server.Data;

namespace Decant.Server.Background;

/// <summary>
/// The base of all work beside the requests: one round after the other until the server stops. A round that fails is logged,
/// shown in <c>/readyz</c> and tried again after a pause; it never ends the process. ADR 0028.
/// </summary>
internal abstract partial class BackgroundLoop(LoopServices services) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = services.Loggers.CreateLogger("Decant.Server.Background");
    private int _failures;
    private int _failedItems;
    private Exception? _itemFailure;

    protected TimeProvider Time { get; } = services.Time;

    /// <summary>The longest pause after failed rounds; each is twice as long as the one before.</summary>
    protected virtual TimeSpan LongestPause => TimeSpan.FromSeconds(10);

    private string Name => GetType().Name;

    /// <summary>Waits for work and does it.</summary>
    protected abstract Task RoundAsync(CancellationToken stoppingToken);

    /// <summary>Does something for each of several items. An item that fails is logged and counted, and the next one is taken.</summary>
    /// <exception cref="Exception">The database is in trouble, which no other item would be spared.</exception>
    protected async Task ForEachAsync<T>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        foreach (var item in items)
        {
            try
            {
                await work(item, cancellationToken);
            }
            catch (Exception exception)
                when (!IsStop(exception, cancellationToken) && !DatabaseTrouble.IsCauseOf(exception))
            {
                _failedItems++;
                _itemFailure = exception;
                LogItem(exception, Name, item?.ToString());
            }
        }
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server's start waits for nobody's first round.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                (_failedItems, _itemFailure) = (0, null);
                await RoundAsync(stoppingToken);
                Succeeded();
            }
            catch (Exception exception) when (IsStop(exception, stoppingToken))
            {
                return;
            }
            catch (Exception exception)
            {
                await RecoverAsync(exception, stoppingToken);
            }
        }
    }

    private static bool IsStop(Exception exception, CancellationToken stop) =>
        exception is OperationCanceledException && stop.IsCancellationRequested;

    /// <summary>Ends the trouble of earlier rounds. For a round that goes on for long once it has gone well.</summary>
    protected void Succeeded()
    {
        _failures = 0;
        if (_itemFailure is null)
        {
            services.Troubles.Clear(Name);
        }
        else
        {
            services.Troubles.Report(Name, $"{_failedItems} of its items failed", _itemFailure);
        }
    }

    private async Task RecoverAsync(Exception exception, CancellationToken stoppingToken)
    {
        services.Troubles.Report(Name, "failed", exception);
        var doublings = Math.Min(_failures++, 20);
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << doublings));
        if (DatabaseTrouble.Of(exception) is { } trouble)
        {
            LogTrouble(Name, trouble.Message, exception.GetBaseException().Message, pause);
        }
        else
        {
            LogFailed(exception, Name, pause);
        }

        // A stop ends the pause, and with it the loop.
        await Task.Delay(pause, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Error, "{Loop} failed and is tried again in {Pause}")]
    private partial void LogFailed(Exception exception, string loop, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "{Loop} is tried again in {Pause}: {Trouble} ({Detail})")]
    private partial void LogTrouble(string loop, string trouble, string detail, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "{Loop} failed at {Item}, which the next round tries again")]
    private partial void LogItem(Exception exception, string loop, string? item);
}
