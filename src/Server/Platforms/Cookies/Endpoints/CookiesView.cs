namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary>State of a platform's stored cookies. The cookies themselves are never shown.</summary>
/// <param name="Platform">Such as <c>instagram</c>.</param>
/// <param name="Valid">Whether the cookie that signs in is there and has not expired. Only the platform knows more.</param>
/// <param name="ExpiresAt">When it does; null where it says nothing of it.</param>
/// <param name="Count">How many cookies are kept.</param>
/// <param name="CreatedAt">When they were sent.</param>
/// <param name="RenewedAt">When the platform last set some of them anew, which is kept; null for never.</param>
internal sealed record CookiesView(
    string Platform,
    bool Valid,
    DateTimeOffset? ExpiresAt,
    int Count,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RenewedAt
)
{
    public static CookiesView Of(StoredCookies stored, DateTimeOffset now) =>
        new(
            stored.Platform,
            stored.SignsIn && !(stored.ExpiresAt <= now),
            stored.ExpiresAt,
            stored.Count,
            stored.CreatedAt,
            stored.RenewedAt
        );
}
