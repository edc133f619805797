namespace Decant.Server.Accounts.Audit;

/// <summary>An append-only record of an event: actor, account, time and address. Triggers in the database refuse changes and deletions.</summary>
internal sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public AuditAction Action { get; init; }

    /// <summary>Account of the actor; null for an unknown actor and for the server itself.</summary>
    public long? ActorId { get; init; }

    /// <summary>The API key that was used, where it was one.</summary>
    public long? ApiKeyId { get; init; }

    /// <summary>Account it was done to; null where a name that nobody has was tried.</summary>
    public long? AccountId { get; init; }

    /// <summary>Further facts, such as the amount of a grant; never a secret.</summary>
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
