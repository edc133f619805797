namespace Decant.Bench.Api;

/// <summary>How long a kind of call took.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="PerSecond">Answers a second, all callers together.</param>
/// <param name="Sorted">Milliseconds of each call, ascending.</param>
internal sealed record Latencies(string Name, double PerSecond, double[] Sorted)
{
    public double P50 => At(0.50);
    public double P95 => At(0.95);
    public double P99 => At(0.99);

    private double At(double share) => Sorted[Math.Min(Sorted.Length - 1, (int)(Sorted.Length * share))];
}
