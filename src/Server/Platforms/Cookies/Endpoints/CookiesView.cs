namespace Decant.Server.Platforms.Cookies.Endpoints;

/// <summary>State of a platform's stored cookies. The cookies themselves are never shown.</summary>
/// <param name="Platform">Platform by its name in the API, such as <c>instagram</c>.</param>
/// <param name="Valid">True while the cookie that signs in is there and has not expired. Only the platform knows more.</param>
/// <param name="ExpiresAt">Time at which it expires; null where it says nothing of it.</param>
/// <param name="Count">Number of cookies that are kept.</param>
/// <param name="CreatedAt">Time at which the cookies were sent (UTC).</param>
/// <param name="RenewedAt">Time at which the platform last set some of them anew, which is kept; null for never.</param>
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
