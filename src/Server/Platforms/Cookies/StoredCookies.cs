namespace Decant.Server.Platforms.Cookies;

/// <summary>An account's cookies for a platform, encrypted. A new upload replaces them as a whole, under a new number.</summary>
internal sealed class StoredCookies
{
    public long Id { get; init; }
    public long AccountId { get; init; }

    /// <summary>Platform by its name in the API.</summary>
    public required string Platform { get; init; }

    /// <summary>Encrypted; see <see cref="AccountCookies"/>.</summary>
    public required string Cookies { get; init; }

    /// <summary>Number of cookies.</summary>
    public int Count { get; init; }

    /// <summary>The platform's session cookie is among them.</summary>
    public bool SignsIn { get; init; }

    /// <summary>Expiry (UTC) of the session cookie, else of the last cookie; null where the platform alone decides.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time (UTC) of the last renewal by the platform; null for never.</summary>
    public DateTimeOffset? RenewedAt { get; init; }
}
