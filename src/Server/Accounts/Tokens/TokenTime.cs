namespace Decant.Server.Accounts.Tokens;

internal static class TokenTime
{
    /// <summary>Whether a token is good now. One that never expires is not.</summary>
    public static bool IsWithin(DateTime? from, DateTime? until, TimeSpan skew, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + skew && (from is null || from - skew <= now);
    }
}
