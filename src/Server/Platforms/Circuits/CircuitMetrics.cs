using System.Diagnostics.Metrics;

namespace Decant.Server.Platforms.Circuits;

/// <summary>Counts what becomes of platforms that refuse this server.</summary>
internal sealed class CircuitMetrics
{
    public const string MeterName = "Decant.Server";

    public const string OpenedName = "decant.platform.circuit.opened";

    private readonly Counter<long> _openings;
    private readonly Counter<long> _parked;

    public CircuitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _openings = meter.CreateCounter<long>(
            OpenedName,
            "{opening}",
            "How often a platform's circuit was opened, by platform and error code."
        );
        _parked = meter.CreateCounter<long>(
            "decant.platform.jobs.parked",
            "{job}",
            "Jobs put aside because their platform refuses this server, by platform."
        );
    }

    public void CountOpening(string platform, string code) =>
        _openings.Add(
            1,
            new KeyValuePair<string, object?>("platform", platform),
            new KeyValuePair<string, object?>("code", code)
        );

    public void CountParked(string platform) => _parked.Add(1, new KeyValuePair<string, object?>("platform", platform));
}
