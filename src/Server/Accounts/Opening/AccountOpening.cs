using Decant.Server.Accounts.Audit;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Opening;

/// <summary>The one way an account comes to be: with what every new one starts with in its purses, and a line in the audit trail.</summary>
internal sealed class AccountOpening(Ledger ledger, AuditTrail audit, IOptions<BillingOptions> billing)
{
    /// <summary>Opens the account. To be called inside the caller's write transaction.</summary>
    /// <exception cref="DbUpdateException">The e-mail address is taken: <see cref="DecantDb.IsDuplicate"/>.</exception>
    public async Task OpenAsync(
        DecantDb db,
        Account account,
        Actor actor,
        string how,
        CancellationToken cancellationToken
    )
    {
        db.Accounts.Add(account);
        await db.SaveChangesAsync(cancellationToken);
        audit.Add(db, AuditAction.AccountCreated, actor, account.Id, how);
        if (billing.Value.Enabled)
        {
            await GrantAsync(Purse.Credits, billing.Value.NewAccountCredits);
            await GrantAsync(Purse.Wallet, (long)(billing.Value.NewAccountUsd * 100));
        }

        await db.SaveChangesAsync(cancellationToken);
        // What the ledger did to the balance is not in the object at hand.
        await db.Entry(account).ReloadAsync(cancellationToken);

        Task GrantAsync(Purse purse, long amount) =>
            ledger.GrantAsync(db, account.Id, purse, amount, "New account", cancellationToken);
    }
}
