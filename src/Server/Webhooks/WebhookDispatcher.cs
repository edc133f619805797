using Decant.Server.Background;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Webhooks;

/// <summary>Sends deliveries that are due, the longest due first, side by side and none in the way of another receiver's.</summary>
internal sealed partial class WebhookDispatcher(
    IDbContextFactory<DecantDb> databases,
    WebhookAttempts attempts,
    IOptions<WebhookOptions> options,
    LoopServices services,
    ILogger<WebhookDispatcher> logger
) : BackgroundLoop(services)
{
    private readonly Lanes _lanes = new(options.Value.MaxAtOnce, options.Value.MaxPerEndpoint);
    private readonly List<Task> _running = [];
    private readonly SemaphoreSlim _wake = new(0);

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <summary>Waits for the attempts that run: each writes down what came of it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running).WaitAsync(cancellationToken);
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await SendDueAsync(stoppingToken);
        Succeeded();
        await PauseAsync(stoppingToken);
    }

    private async Task SendDueAsync(CancellationToken stoppingToken)
    {
        await using var db = await databases.CreateDbContextAsync(stoppingToken);
        var tried = new List<long>();
        while (
            _lanes.Room is > 0 and var room && await FindDueAsync(db, tried, room, stoppingToken) is { Count: > 0 } due
        )
        {
            tried.AddRange(due.Select(one => one.Id));
            await ForEachAsync(due, StartAsync, stoppingToken);
        }
    }

    private Task<List<DueDelivery>> FindDueAsync(
        DecantDb db,
        List<long> tried,
        int room,
        CancellationToken cancellationToken
    )
    {
        var now = Time.GetUtcNow();
        var full = _lanes.Full;
        return db
            .WebhookDeliveries.Where(one => one.Status == DeliveryStatus.Pending && one.NextAttemptAt <= now)
            .Where(one => !full.Contains(one.Lane) && !tried.Contains(one.Id))
            .Where(one =>
                one.EndpointId == null
                || db.Set<WebhookEndpoint>().Any(endpoint => endpoint.Id == one.EndpointId && endpoint.Enabled)
            )
            .OrderBy(one => one.NextAttemptAt)
            .ThenBy(one => one.Id)
            .Take(room)
            .Select(one => new DueDelivery(one.Id, one.Lane))
            .ToListAsync(cancellationToken);
    }

    private async Task StartAsync(DueDelivery due, CancellationToken stoppingToken)
    {
        var (id, lane) = due;
        if (!_lanes.TryEnter(lane))
        {
            return;
        }

        WebhookDelivery? claimed = null;
        try
        {
            claimed = await attempts.TryClaimAsync(id, stoppingToken);
        }
        finally
        {
            if (claimed is null)
            {
                _lanes.Leave(lane);
            }
        }

        if (claimed is not null)
        {
            // Kept until it is over, so that a stopping server waits for it.
            _running.RemoveAll(attempt => attempt.IsCompleted);
            _running.Add(AttemptAsync(claimed, stoppingToken));
        }
    }

    private async Task AttemptAsync(WebhookDelivery delivery, CancellationToken stoppingToken)
    {
        try
        {
            _lanes.Note(delivery.Lane, await attempts.RunAsync(delivery, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Due again, for the next start or for another node.
        }
        catch (Exception exception)
        {
            // Whatever it was, the claim runs out and the delivery is sent again; the others go on meanwhile.
            LogUnrecorded(exception, delivery.Id);
        }
        finally
        {
            _lanes.Leave(delivery.Lane);
            _wake.Release();
        }
    }

    /// <summary>Waits until the next look is due, or there is room again.</summary>
    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_wake.WaitAsync(over.Token), Task.Delay(options.Value.PollEvery, Time, over.Token));
        await over.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        while (await _wake.WaitAsync(TimeSpan.Zero, stoppingToken))
        {
            // One look serves them all.
        }
    }

    private sealed record DueDelivery(long Id, string Lane);

    [LoggerMessage(LogLevel.Error, "What came of webhook delivery {DeliveryId} is not known; it will be sent again")]
    private partial void LogUnrecorded(Exception exception, long deliveryId);
}
