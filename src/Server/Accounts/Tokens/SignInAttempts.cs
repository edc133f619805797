namespace Decant.Server.Accounts.Tokens;

/// <summary>The wrong passwords that one address has given for one name of late. Kept for names that nobody has as well: who is refused must not show who exists.</summary>
internal sealed class SignInAttempts
{
    /// <summary>SHA-256 of the normalised name and of the address (<see cref="SignInName"/>): what people type there by mistake may be a password.</summary>
    public required string NameHash { get; init; }
    public int Failures { get; set; }

    /// <summary>Time (UTC) after which the failures are forgotten.</summary>
    public DateTimeOffset Until { get; set; }
}
