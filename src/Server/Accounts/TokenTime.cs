namespace Decant.Server.Accounts;

internal static class TokenTime
{
    /// <summary>A token is valid between its <c>nbf</c> and <c>exp</c>, with an allowance for clock skew; a token without <c>exp</c> is invalid.</summary>
    public static bool IsWithin(DateTime? from, DateTime? until, TimeSpan skew, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + skew && (from is null || from - skew <= now);
    }
}
