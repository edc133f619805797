using System.Collections.Concurrent;
using Decant.Server.Background;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts;

/// <summary>Writes down when keys were last used: once a minute and beside the requests, not in them.</summary>
internal sealed partial class KeyUse(
    IDbContextFactory<DecantDb> databases,
    LoopServices services,
    ILogger<KeyUse> logger
) : PeriodicLoop(Interval, services)
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

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_unwritten.IsEmpty)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var use in _unwritten)
        {
            await db
                .ApiKeys.Where(key => key.Id == use.Key)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, use.Value), cancellationToken);
            // Unless the key was used again meanwhile.
            _unwritten.TryRemove(use);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (Exception exception)
            when (DatabaseTrouble.IsCauseOf(exception) || exception is OperationCanceledException)
        {
            LogUnwritten(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of keys could not be written before the stop")]
    private partial void LogUnwritten(Exception exception);
}
