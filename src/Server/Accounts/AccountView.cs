using Decant.Server.Billing;
using Decant.Server.Money;

namespace Decant.Server.Accounts;

/// <summary>An account as its owner and administrators see it.</summary>
internal sealed record AccountView
{
    /// <summary>Number of the account.</summary>
    public required long Id { get; init; }

    /// <summary>E-mail address to sign in with.</summary>
    public required string Email { get; init; }

    /// <summary>The owner's name; null where none was given.</summary>
    public required string? FullName { get; init; }

    /// <summary><c>administrator</c> or <c>user</c>.</summary>
    public required AccountRole Role { get; init; }

    /// <summary>False while an administrator has disabled it.</summary>
    public required bool IsActive { get; init; }

    /// <summary>False while the owner has yet to confirm the e-mail address. A server that sends no mail asks nobody to.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>False where it signs in with keys or another issuer's tokens only.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>Balance of the credits, which tokens pay from.</summary>
    public required long CreditsBalance { get; init; }

    /// <summary>Balance of the API wallet, which keys pay from, in US cents.</summary>
    public required long WalletBalanceCents { get; init; }

    /// <summary>Balance of the API wallet in dollars, such as <c>$25.00</c>.</summary>
    public required string WalletBalanceUsd { get; init; }

    /// <summary>Time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of name, address, password, role or state (UTC); the creation where there was none.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static AccountView Of(Account account) =>
        new()
        {
            Id = account.Id,
            Email = account.Email,
            FullName = account.FullName,
            Role = account.IsAdministrator ? AccountRole.Administrator : AccountRole.User,
            IsActive = !account.Disabled,
            IsVerified = !account.AwaitsConfirmation,
            HasPassword = account.PasswordHash is not null,
            CreditsBalance = account.CreditBalance,
            WalletBalanceCents = account.WalletBalance,
            WalletBalanceUsd = Usd.FromCents(account.WalletBalance),
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.UpdatedAt ?? account.CreatedAt,
        };
}

internal enum AccountRole
{
    User,
    Administrator,
}
