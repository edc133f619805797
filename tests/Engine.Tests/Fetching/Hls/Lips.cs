using System.Globalization;
using Decant.Engine.Tests.Converting;

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
}
