namespace Decant.Bench.Media;

/// <summary>How the lab's origin answers.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Rate">Bytes a second of each connection; 0 for as fast as it can.</param>
/// <param name="Latency">Milliseconds before each answer.</param>
internal sealed record Wire(string Name, long Rate, int Latency)
{
    /// <summary>Connections that everybody is measured against: what Decant allows itself, and what <c>-N 8</c> and <c>-x 8</c> mean.</summary>
    private const int Connections = 8;

    public static IReadOnlyList<Wire> All { get; } =
    [
        new("unlimited", 0, 0),
        new("4 MB/s a connection, 30 ms a request", 4_000_000, 30),
        new("1 MB/s a connection, 100 ms a request", 1_000_000, 100),
    ];

    public Uri Of(Uri origin) => Rate == 0 ? origin : new Uri(origin, $"paced/{Rate}/{Latency}/");

    /// <summary>Seconds in which so many bytes can come at best; 0 where nothing is limited.</summary>
    public double Limit(long bytes) => Rate == 0 ? 0 : Latency / 1000.0 + (double)bytes / (Rate * Connections);
}
