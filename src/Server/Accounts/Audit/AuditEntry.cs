namespace Decant.Server.Accounts.Audit;

/// <summary>Who did what to whom, when, and from where. Never changed, never deleted: the database refuses both.</summary>
internal sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public AuditAction Action { get; init; }

    /// <summary>Who did it; null for somebody unknown, or the server itself.</summary>
    public long? ActorId { get; init; }

    /// <summary>With which key, where it was one.</summary>
    public long? ApiKeyId { get; init; }

    /// <summary>Whose account it was done to; null where a name that nobody has was tried.</summary>
    public long? AccountId { get; init; }

    /// <summary>What else there is to know, such as the amount of a grant. Never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The client's address; null for the server itself.</summary>
    public string? Address { get; init; }
}

internal enum AuditAction
{
    AccountCreated,
    AccountChanged,
    AccountDisabled,
    AccountEnabled,
    RoleChanged,
    SignedIn,
    SignInFailed,
    SignInLocked,
    SignedOut,
    RefreshTokenReused,
    PasswordChanged,
    PasswordReset,
    IdentityLinked,
    KeyCreated,
    KeyRevoked,
    CookiesKept,
    CookiesForgotten,
    Granted,
    ExtractorReloaded,
}
