using System.Globalization;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Sound of the main medium beside its picture: its pitch says which second it is of.</summary>
internal static class Lips
{
    /// <returns>Seconds by which the sound is later than the picture.</returns>
    public static async Task<double> ReadAsync(string path)
    {
        var begin = double.Parse(
            (await Conversions.ShowAsync(path, "-select_streams", "v", "-show_entries", "packet=pts_time"))
                .Where(line => line.StartsWith("pts_time=", StringComparison.Ordinal))
                .Select(line => line["pts_time=".Length..])
                .First(),
            CultureInfo.InvariantCulture
        );
        return (await Pitch.ReadAsync(path))
            .Select((hertz, index) => (index / 4.0) + 0.0625 - begin - ((hertz - 200) / 80))
            .Skip(5)
            .Take(8)
            .Order()
            .ElementAt(4);
    }

    /// <summary>Holds the sound of a file to be as late as it should, within 20 ms, and records it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Case, as the fidelity table says it.</param>
    /// <param name="late">Seconds.</param>
    public static async Task HoldAsync(string path, string name, double late)
    {
        var delay = await ReadAsync(path);
        Assert.Equal(late, delay, tolerance: 0.02);
        FidelityTable.Record(
            "HLS",
            $"sound apart ({name})",
            FormattableString.Invariant($"sound {late:0.000} s after the picture"),
            FormattableString.Invariant($"{delay:0.000} s")
        );
    }
}
