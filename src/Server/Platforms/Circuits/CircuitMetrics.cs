using System.Diagnostics.Metrics;

namespace Decant.Server.Platforms.Circuits;

/// <summary>Counts what becomes of platforms that refuse this server.</summary>
internal static class CircuitMetrics
{
    public const string MeterName = "Decant.Server";

    public const string OpenedName = "decant.platform.circuit.opened";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Openings = Meter.CreateCounter<long>(
        OpenedName,
        "{opening}",
        "How often a platform's circuit was opened, by platform and error code."
    );

    private static readonly Counter<long> Parked = Meter.CreateCounter<long>(
        "decant.platform.jobs.parked",
        "{job}",
        "Jobs put aside because their platform refuses this server, by platform."
    );

    public static void CountOpening(string platform, string code) =>
        Openings.Add(
            1,
            new KeyValuePair<string, object?>("platform", platform),
            new KeyValuePair<string, object?>("code", code)
        );

    public static void CountParked(string platform) =>
        Parked.Add(1, new KeyValuePair<string, object?>("platform", platform));
}
