namespace Decant.Server.Accounts;

/// <summary>Who is charged.</summary>
internal sealed class Account
{
    public long Id { get; init; }
    public required string Email { get; set; }
    public string? FullName { get; set; }
    public bool IsAdministrator { get; set; }

    /// <summary>Metered but never refused: what a hold lacks is granted on the spot. True for the first administrator.</summary>
    public bool NeverRefused { get; set; }
    public bool Disabled { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Sum of the account's ledger entries in credits; kept beside them so that a hold is one conditional update.</summary>
    public long CreditBalance { get; set; }

    /// <summary>Sum of the account's wallet entries, in US cents.</summary>
    public long WalletBalance { get; set; }
}
