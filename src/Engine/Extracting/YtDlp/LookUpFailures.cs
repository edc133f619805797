using System.Diagnostics.Metrics;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Counts look-ups that failed. Many <c>source_failed</c> of one platform mean that its pages have changed.</summary>
internal static class LookUpFailures
{
    /// <summary>Name of the meter, as exporters ask for it.</summary>
    public const string MeterName = "Decant.Engine";

    public const string CounterName = "decant.lookup.failures";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        CounterName,
        "{lookup}",
        "Look-ups that failed, by platform and error code."
    );

    public static void Count(Uri url, MediaError error) =>
        Failures.Add(
            1,
            new KeyValuePair<string, object?>("platform", Platforms.OfHost(url.IdnHost).Name),
            new KeyValuePair<string, object?>("code", error.Code)
        );
}
