namespace Decant.Server.Accounts.Confirming;

/// <summary>
/// A wish for an account whose e-mail address nobody has confirmed yet. Kept for addresses that have an account as well, so that
/// the sign-up does the same work for every address. No account comes of it without the mail and the password together.
/// </summary>
internal sealed class SignUp
{
    public long Id { get; init; }
    public required string Email { get; init; }

    /// <summary>Normalized e-mail address. Several sign-ups may have the same one: of people who forgot, and of strangers who hope for a careless click.</summary>
    public required string NormalizedEmail { get; init; }
    public string? FullName { get; init; }
    public required string PasswordHash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time (UTC) after which it is forgotten.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
