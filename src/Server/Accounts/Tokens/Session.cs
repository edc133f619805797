namespace Decant.Server.Accounts.Tokens;

/// <summary>A session: one sign-in until it ends, as the family of refresh tokens that replace one another.</summary>
internal sealed class Session
{
    /// <summary>Stands in the access tokens as <c>sid</c>.</summary>
    public Guid Id { get; init; }
    public long AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Expiry (UTC) of the newest refresh token.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Signed out, or ended for its own safety; its tokens are worth nothing from then on.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
