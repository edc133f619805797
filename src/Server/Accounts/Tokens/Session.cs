namespace Decant.Server.Accounts.Tokens;

/// <summary>A session: one sign-in until it ends, as the family of refresh tokens that replace one another.</summary>
internal sealed class Session
{
    public const int LongestUserAgent = 300;

    /// <summary>Stands in the access tokens as <c>sid</c>.</summary>
    public Guid Id { get; init; }
    public long AccountId { get; init; }
    public SessionKind Kind { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Client's address at the sign-in; null where it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>Program that signed in, as its <c>User-Agent</c> says; null where it says nothing.</summary>
    public string? UserAgent { get; init; }

    /// <summary>API key with which it was begun, and with which it ends; null for a session begun in another way.</summary>
    public long? ApiKeyId { get; set; }

    /// <summary>Expiry (UTC) of the newest refresh token.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Signed out, or ended for its own safety; its tokens are worth nothing from then on.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

internal enum SessionKind
{
    /// <summary>A pair of tokens, for a program.</summary>
    Token,

    /// <summary>A cookie, for the page.</summary>
    Browser,

    /// <summary>A link that signs in once, and that nobody has used yet.</summary>
    Link,
}
