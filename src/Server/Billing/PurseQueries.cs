using Decant.Server.Accounts;
using Decant.Server.Money;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Billing;

/// <summary>The two purses of an account, for the ledger's conditional updates.</summary>
internal static class PurseQueries
{
    public static IQueryable<Account> WithAtLeast(this IQueryable<Account> accounts, Purse purse, long amount) =>
        purse == Purse.Credits
            ? accounts.Where(account => account.CreditBalance >= amount)
            : accounts.Where(account => account.WalletBalance >= amount);

    public static IQueryable<Account> WithAtMost(this IQueryable<Account> accounts, Purse purse, long amount) =>
        purse == Purse.Credits
            ? accounts.Where(account => account.CreditBalance <= amount)
            : accounts.Where(account => account.WalletBalance <= amount);

    public static IQueryable<Account> WithExactly(this IQueryable<Account> accounts, Purse purse, long amount) =>
        purse == Purse.Credits
            ? accounts.Where(account => account.CreditBalance == amount)
            : accounts.Where(account => account.WalletBalance == amount);

    /// <returns>Number of accounts that matched.</returns>
    public static Task<int> AddToAsync(
        this IQueryable<Account> accounts,
        Purse purse,
        long amount,
        CancellationToken cancellationToken
    ) =>
        purse == Purse.Credits
            ? accounts.ExecuteUpdateAsync(
                set => set.SetProperty(account => account.CreditBalance, account => account.CreditBalance + amount),
                cancellationToken
            )
            : accounts.ExecuteUpdateAsync(
                set => set.SetProperty(account => account.WalletBalance, account => account.WalletBalance + amount),
                cancellationToken
            );
}
