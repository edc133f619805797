using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Files;

/// <summary>Removes files whose time is over. Their jobs stay, with no link.</summary>
internal sealed class FileJanitor(
    IDbContextFactory<DecantDb> databases,
    LocalStorage storage,
    IOptions<FilesOptions> options,
    TimeProvider time,
    ILogger<FileJanitor> logger
) : Janitor(options.Value.CleanEvery, time, logger)
{
    private const int AtOnce = 200;

    public override async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = Time.GetUtcNow();
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
}
