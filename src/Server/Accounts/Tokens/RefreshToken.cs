namespace Decant.Server.Accounts.Tokens;

/// <summary>Good for one new pair of tokens, once. Used ones are kept while their session lasts: to see one again means that somebody has a copy.</summary>
internal sealed class RefreshToken
{
    /// <summary>SHA-256 of the token, hex. The token is 256 random bits, so no salt or slow hash is needed.</summary>
    public required string Hash { get; init; }
    public Guid SessionId { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
