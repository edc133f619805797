namespace Decant.Server.Platforms.Cookies;

internal static class CookieTime
{
    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <param name="seconds">Seconds since 1970; 0, -1 and what is no time at all stand for a cookie that has no end of its own.</param>
    public static DateTimeOffset? At(double seconds) =>
        seconds > 0 && seconds < Latest ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
