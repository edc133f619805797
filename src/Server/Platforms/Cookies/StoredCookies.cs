namespace Decant.Server.Platforms.Cookies;

/// <summary>What an account gave of a platform's cookies. Replaced as a whole, under a new number.</summary>
internal sealed class StoredCookies
{
    public long Id { get; init; }
    public long AccountId { get; init; }

    /// <summary>In the wire's word.</summary>
    public required string Platform { get; init; }

    /// <summary>Encrypted; see <see cref="AccountCookies"/>.</summary>
    public required string Cookies { get; init; }

    /// <summary>How many they are.</summary>
    public int Count { get; init; }

    /// <summary>Whether the one that signs somebody in was among them.</summary>
    public bool SignsIn { get; init; }

    /// <summary>When that one expires, else the last of all; null where the platform alone decides.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the platform set some of them anew; null for never.</summary>
    public DateTimeOffset? RenewedAt { get; init; }
}
