using System.Collections.Concurrent;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts;

/// <summary>Writes down when keys were last used: once a minute and beside the requests, not in them.</summary>
internal sealed partial class KeyUse(IDbContextFactory<DecantDb> databases, TimeProvider time, ILogger<KeyUse> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, DateTimeOffset> _unwritten = new();

    public void Note(ApiKey key, DateTimeOffset now)
    {
        if (key.LastUsedAt is not { } last || now - last >= Interval)
        {
            _unwritten[key.Id] = now;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes what is left.
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_unwritten.IsEmpty)
        {
            return;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            foreach (var id in _unwritten.Keys)
            {
                if (_unwritten.TryRemove(id, out var usedAt))
                {
                    await db
                        .ApiKeys.Where(key => key.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, usedAt), cancellationToken);
                }
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            // Worth a line, not a stopped server: the next use is written again.
            LogUnwritten(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of keys could not be written")]
    private partial void LogUnwritten(Exception exception);
}
