using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Opening;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>Makes the first administrator and its key on the first start.</summary>
internal sealed class FirstAdministrator(
    IDbContextFactory<DecantDb> databases,
    AccountOpening opening,
    Passwords passwords,
    IOptions<AccountOptions> accounts,
    TimeProvider time
) : StartStep
{
    /// <summary>The key in clear where it was made up just now; never known again.</summary>
    public string? NewKey { get; private set; }

    /// <summary>Safe to run on several nodes at once and on every start.</summary>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await MakeSureOfKeyAsync(db, cancellationToken);
        await MakeSureOfPasswordAsync(db, cancellationToken);
    }

    private async Task MakeSureOfKeyAsync(DecantDb db, CancellationToken cancellationToken)
    {
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
                Email = accounts.Value.BootstrapEmail,
                FullName = "Administrator",
                IsAdministrator = true,
                NeverRefused = true,
                CreatedAt = time.GetUtcNow(),
            };
            await opening.OpenAsync(db, administrator, Actor.Server, "The first administrator", cancellationToken);
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

    /// <summary>The first password only: one that was changed since stays changed, whatever the setting says.</summary>
    private async Task MakeSureOfPasswordAsync(DecantDb db, CancellationToken cancellationToken)
    {
        var without = db.Accounts.Where(account => account.NeverRefused && account.PasswordHash == null);
        if (
            accounts.Value.BootstrapPassword is not { Length: > 0 } chosen
            || !await without.AnyAsync(cancellationToken)
        )
        {
            return;
        }

        var hash = await passwords.HashAsync(chosen, cancellationToken);
        await db.InWriteTransactionAsync(
            token => without.ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordHash, hash), token),
            cancellationToken
        );
    }

    private static Task<bool> IsKnownAsync(DecantDb db, string key, CancellationToken cancellationToken)
    {
        var hash = KeySecret.Hash(key);
        return db.ApiKeys.AnyAsync(one => one.Hash == hash, cancellationToken);
    }
}
