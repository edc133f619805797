using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>Makes the first administrator and its key on the first start.</summary>
internal sealed class FirstAdministrator(
    IDbContextFactory<DecantDb> databases,
    Ledger ledger,
    IOptions<AccountOptions> accounts,
    IOptions<BillingOptions> billing,
    TimeProvider time
) : StartStep
{
    private const string Email = "administrator@localhost";

    /// <summary>The key in clear where it was made up just now; never known again.</summary>
    public string? NewKey { get; private set; }

    /// <summary>Safe to run on several nodes at once and on every start.</summary>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var chosen = accounts.Value.BootstrapKey;
        if (
            await db.Accounts.AnyAsync(cancellationToken)
            && (chosen is null || await IsKnownAsync(db, chosen, cancellationToken))
        )
        {
            return;
        }

        try
        {
            await db.InWriteTransactionAsync(token => CreateAsync(db, chosen, token), cancellationToken);
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            // Another node was first: its administrator is ours, and it printed the key.
            NewKey = null;
        }
    }

    private async Task CreateAsync(DecantDb db, string? chosen, CancellationToken cancellationToken)
    {
        var administrator = await db
            .Accounts.OrderBy(account => account.Id)
            .FirstOrDefaultAsync(account => account.IsAdministrator, cancellationToken);
        if (administrator is null)
        {
            administrator = new Account
            {
                Email = Email,
                FullName = "Administrator",
                IsAdministrator = true,
                NeverRefused = true,
                CreatedAt = time.GetUtcNow(),
            };
            db.Accounts.Add(administrator);
            await db.SaveChangesAsync(cancellationToken);
            await ledger.GrantAsync(
                db,
                administrator.Id,
                Purse.Credits,
                billing.Value.NewAccountCredits,
                "New account",
                cancellationToken
            );
        }

        var key = chosen ?? KeySecret.Create();
        db.ApiKeys.Add(
            new ApiKey
            {
                AccountId = administrator.Id,
                Name = "First key",
                Prefix = KeySecret.Prefix(key),
                Hash = KeySecret.Hash(key),
                CreatedAt = time.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        NewKey = chosen is null ? key : null;
    }

    private static Task<bool> IsKnownAsync(DecantDb db, string key, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(key);
        return db.ApiKeys.AnyAsync(one => one.Hash == hash, cancellationToken);
    }
}
