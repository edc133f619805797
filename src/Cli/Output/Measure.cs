using System.Globalization;

namespace Decant.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Measure
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Powers of 1000: <c>2.7 MB</c>.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 999.5 && unit < Units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }

    /// <summary><c>3:05</c>, <c>1:02:03</c>.</summary>
    public static string Length(TimeSpan length)
    {
        var hours = (long)length.TotalHours;
        return hours == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{length.Minutes}:{length.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{hours}:{length.Minutes:00}:{length.Seconds:00}");
    }
}
