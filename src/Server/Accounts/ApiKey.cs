namespace Decant.Server.Accounts;

/// <summary>An API key, of which only a hash is kept.</summary>
internal sealed class ApiKey
{
    public long Id { get; init; }
    public long AccountId { get; init; }
    public required string Name { get; set; }

    /// <summary>The first characters, to tell keys apart in a list.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, hex. The key is 256 random bits, so no salt or slow hash is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>Scopes, separated by spaces.</summary>
    public string Scopes { get; init; } = "*";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}
