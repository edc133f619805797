using System.Globalization;

namespace Decant.Tests;

/// <summary>Bounds of time for a machine that may have more to do than the test.</summary>
internal static class Quiet
{
    /// <returns>The bound, as many times longer as more wants to run than there are cores (<c>/proc/loadavg</c>).</returns>
    public static TimeSpan Bound(TimeSpan bound)
    {
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return bound * Math.Max(1, load / Environment.ProcessorCount);
    }
}
