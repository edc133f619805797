namespace Decant.Server.Accounts.Keys;

/// <summary>An API key as its owner sees it: everything but the key.</summary>
internal record KeyView
{
    /// <summary>Number of the key.</summary>
    public required long Id { get; init; }

    /// <summary>Name that its owner gave it.</summary>
    public required string Name { get; init; }

    /// <summary>Beginning of the key, to tell it from others.</summary>
    public required string Prefix { get; init; }

    /// <summary>Scopes: the calls it may make.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time of expiry; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Time of the last use, to the minute; null for never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Time of the revocation; null while the key is not revoked.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    public static KeyView Of(ApiKey key) =>
        new()
        {
            Id = key.Id,
            Name = key.Name,
            Prefix = key.Prefix,
            Scopes = key.Scopes.Split(' '),
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            LastUsedAt = key.LastUsedAt,
            RevokedAt = key.RevokedAt,
        };
}
