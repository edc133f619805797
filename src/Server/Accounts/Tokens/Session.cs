namespace Decant.Server.Accounts.Tokens;

/// <summary>One sign-in, from its first pair of tokens until it ends: the family of refresh tokens that follow one another.</summary>
internal sealed class Session
{
    /// <summary>Stands in the access tokens as <c>sid</c>.</summary>
    public Guid Id { get; init; }
    public long AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest refresh token expires.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Signed out, or ended for its own safety; its tokens are worth nothing from then on.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
