using System.Data.Common;
using Decant.Server.Data;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Files;

/// <summary>Removes files whose time is over. Their jobs stay, with no link.</summary>
internal sealed partial class FileJanitor(
    IDbContextFactory<DecantDb> databases,
    LocalStorage storage,
    IOptions<FilesOptions> options,
    TimeProvider time,
    ILogger<FileJanitor> logger
) : BackgroundService
{
    private const int AtOnce = 200;

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        List<long> expired;
        do
        {
            expired = await db
                .Jobs.Where(job => job.ExpiresAt <= now && job.FilesRemovedAt == null)
                .OrderBy(job => job.ExpiresAt)
                .Take(AtOnce)
                .Select(job => job.Id)
                .ToListAsync(cancellationToken);
            // Files first: should the server die in between, the rows still say what is left to do.
            foreach (var id in expired)
            {
                storage.DeleteAllOf(id);
            }

            await db.InWriteTransactionAsync(
                token =>
                    db.Jobs.Where(job => expired.Contains(job.Id))
                        .ExecuteUpdateAsync(set => set.SetProperty(job => job.FilesRemovedAt, now), token),
                cancellationToken
            );
        } while (expired.Count == AtOnce);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanEvery, time);
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
                    LogFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "Expired files could not be removed; the next round tries again")]
    private partial void LogFailed(Exception exception);
}
