using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

internal sealed partial class Ledger
{
    /// <summary>Has a job hold nothing any more; the purse is the caller's to move.</summary>
    /// <returns>The amount that the job held until now.</returns>
    private static async Task<long> LoosenAsync(DecantDb db, Job job, CancellationToken cancellationToken)
    {
        // As it was read, in most cases. The row is asked where that is so no more: another run may have settled the job since.
        if (job.Held > 0 && await TryLoosenAsync(job.Held))
        {
            return job.Held;
        }

        var held = await db
            .Jobs.Where(one => one.Id == job.Id)
            .Select(one => one.Held)
            .SingleOrDefaultAsync(cancellationToken);
        return held > 0 && await TryLoosenAsync(held) ? held : 0;

        async Task<bool> TryLoosenAsync(long amount) =>
            await db
                .Jobs.Where(one => one.Id == job.Id && one.Held == amount)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Held, 0), cancellationToken) > 0;
    }

    private Task WriteAsync(
        DecantDb db,
        Movement movement,
        CancellationToken cancellationToken,
        string? note = null,
        string? reference = null
    ) => WriteAsync(db, [movement], cancellationToken, note, reference);

    /// <summary>Adds entries of one purse, each of which carries on the sums of the one before. The purse was updated before in the same transaction, so that nobody else writes one meanwhile.</summary>
    private async Task WriteAsync(
        DecantDb db,
        IReadOnlyList<Movement> movements,
        CancellationToken cancellationToken,
        string? note = null,
        string? reference = null
    )
    {
        if (movements.FirstOrDefault(one => one.Amount != 0) is not { AccountId: var accountId, Purse: var purse })
        {
            return;
        }

        var last =
            await db
                .Ledger.AsNoTracking()
                .Where(entry => entry.AccountId == accountId && entry.Purse == purse)
                .OrderByDescending(entry => entry.Number)
                .FirstOrDefaultAsync(cancellationToken)
            ?? LedgerEntry.None;
        foreach (var (_, _, kind, amount, jobId) in movements.Where(one => one.Amount != 0))
        {
            last = new LedgerEntry
            {
                AccountId = accountId,
                Purse = purse,
                Kind = kind,
                Amount = amount,
                Balance = last.Balance + amount,
                Granted = last.Granted + (kind == EntryKind.Grant ? amount : 0),
                Charged = last.Charged - (kind == EntryKind.Charge ? amount : 0),
                Charges = last.Charges + (kind == EntryKind.Charge && jobId is not null ? 1 : 0),
                Number = last.Number + 1,
                JobId = jobId,
                Note = note,
                Reference = reference,
                CreatedAt = time.GetUtcNow(),
            };
            db.Ledger.Add(last);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
