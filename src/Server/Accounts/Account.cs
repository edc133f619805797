namespace Decant.Server.Accounts;

/// <summary>An account: the party that is charged for jobs.</summary>
internal sealed class Account
{
    private string _email = "";

    public long Id { get; init; }

    /// <summary>E-mail address in its owner's spelling.</summary>
    public required string Email
    {
        get => _email;
        set
        {
            _email = value;
            NormalizedEmail = EmailAddress.Normalize(value);
        }
    }

    /// <summary>Normalised e-mail address, equal for all spellings of one address; unique.</summary>
    public string NormalizedEmail { get; private set; } = "";
    public string? FullName { get; set; }
    public bool IsAdministrator { get; set; }

    /// <summary>Metered but never refused: what a hold lacks is granted on the spot. True for the first administrator.</summary>
    public bool NeverRefused { get; set; }
    public bool Disabled { get; set; }

    /// <summary>True while the owner was asked to confirm the present e-mail address and has not.</summary>
    public bool AwaitsConfirmation { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of its name, address, password, role or state (UTC); null where there was none.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Hash of the password in ASP.NET Core Identity's format, which says how it was made. Null for an account that signs in otherwise, or not at all.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password; a token that carries another one is worth nothing.</summary>
    public string SecurityStamp { get; set; } = NewStamp();

    /// <summary>Sum of the account's ledger entries in credits; kept beside them so that a hold is one conditional update.</summary>
    public long CreditBalance { get; set; }

    /// <summary>Sum of the account's wallet entries, in US cents.</summary>
    public long WalletBalance { get; set; }

    public static string NewStamp() => Guid.NewGuid().ToString("N");
}
