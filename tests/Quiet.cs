using System.Globalization;

namespace Decant.Tests;

/// <summary>Bounds of time for a machine that may have more to do than the test.</summary>
internal static class Quiet
{
    /// <summary>Time after which a test gives up waiting. It proves nothing about speed, and only ends a run in which what must come never does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <returns>The bound, as many times longer as more wants to run than there are cores (<c>/proc/loadavg</c>).</returns>
    public static TimeSpan Bound(TimeSpan bound)
    {
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return bound * Math.Max(1, load / Environment.ProcessorCount);
    }
}
