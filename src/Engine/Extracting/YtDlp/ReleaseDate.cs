using System.Globalization;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The date in yt-dlp's version: <c>2026.10.26</c>, <c>2026.1.9</c>, and <c>2026.08.09.232839</c> of a nightly build.</summary>
internal static class ReleaseDate
{
    /// <returns>Null for a version that begins with no date.</returns>
    public static DateOnly? Of(string version) =>
        version.Split('.') is [var year, var month, var day, ..]
        && DateOnly.TryParseExact(
            $"{year}.{month}.{day}",
            "yyyy.M.d",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
            : null;
}
