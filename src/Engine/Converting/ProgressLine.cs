using System.Globalization;

namespace Decant.Engine.Converting;

/// <summary>ffmpeg's <c>-progress</c>: <c>key=value</c> lines.</summary>
internal static class ProgressLine
{
    // Microseconds, in spite of its older twin's name (out_time_ms).
    private const string Key = "out_time_us=";

    /// <returns>Position that the output has reached; null for any other line, and before the first frame ("N/A").</returns>
    public static TimeSpan? TimeOf(string line) =>
        line.StartsWith(Key, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(Key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
