using Decant.Server.Data;
using Decant.Server.Storage;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Jobs;

/// <summary>Removes jobs and their files. Ledger entries and events stay.</summary>
internal sealed class JobRemoval(
    IDbContextFactory<DecantDb> databases,
    JobEndings endings,
    JobQueue queue,
    JobChanges changes,
    LocalStorage storage
)
{
    /// <summary>Cancels what has not ended, then removes the rows, all in one transaction; then the files.</summary>
    /// <param name="which">Of the rows it is given, those to remove.</param>
    /// <param name="cancellationToken">Gives up, until the commit.</param>
    /// <returns>Which jobs there were, in order.</returns>
    public async Task<IReadOnlyList<long>> RemoveAsync(
        Func<IQueryable<Job>, IQueryable<Job>> which,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var removed = await db.InWriteTransactionAsync(
            async token =>
            {
                var jobs = await which(db.Jobs.AsNoTracking()).OrderBy(job => job.Id).ToListAsync(token);
                foreach (var job in jobs.Where(job => job.Status == JobStatus.Processing))
                {
                    await endings.CancelAsync(db, job, token);
                }

                var ids = jobs.Select(job => job.Id).ToList();
                await db.Jobs.Where(job => ids.Contains(job.Id)).ExecuteDeleteAsync(token);
                return jobs;
            },
            cancellationToken
        );
        foreach (var job in removed)
        {
            changes.Announce(job.Id);
            if (job.RunId is { } run)
            {
                await queue.StopAsync(run, CancellationToken.None);
            }

            storage.DeleteAllOf(job.Id);
        }

        return [.. removed.Select(job => job.Id)];
    }
}
