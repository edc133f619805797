using System.Diagnostics;
using System.Diagnostics.Metrics;
using Decant.Server.Platforms.Circuits;

namespace Decant.Server.Telemetry;

/// <summary>The server's own instruments. Labels are few and bounded: no URL, no id, no title.</summary>
internal static class Measures
{
    public const string SourceName = "Decant";

    private static readonly Meter Meter = new(CircuitMetrics.MeterName);

    private static readonly Counter<long> Ended = Meter.CreateCounter<long>(
        "decant.jobs.ended",
        "{job}",
        "Jobs that ended on this node, by status, platform and cause."
    );

    private static readonly Counter<long> Delivered = Meter.CreateCounter<long>(
        "decant.bytes.delivered",
        "By",
        "Bytes of the media of completed jobs, by platform."
    );

    private static readonly Histogram<double> Stages = Meter.CreateHistogram(
        "decant.job.stage.duration",
        "s",
        "Time that runs spend in a stage: resolving, recording, downloading, converting, storing.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
        }
    );

    private static readonly Histogram<double> LookUps = Meter.CreateHistogram(
        "decant.lookup.duration",
        "s",
        "Time of looking a page up, those answered from memory included, by platform and outcome.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.005, .025, .1, .25, .5, 1, 2.5, 5, 10, 30],
        }
    );

    private static readonly Histogram<double> Storing = Meter.CreateHistogram(
        "decant.storage.duration",
        "s",
        "Time of the storage's work, by operation and outcome.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.005, .025, .1, .25, .5, 1, 2.5, 5, 10, 60],
        }
    );

    /// <summary>Spans of work beside requests.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    public static void CountEnd(string status, string platform, string cause) =>
        Ended.Add(1, new("status", status), new("platform", platform), new("cause", cause));

    public static void CountDelivered(long bytes, string platform) =>
        Delivered.Add(bytes, new KeyValuePair<string, object?>("platform", platform));

    public static void RecordStage(TimeSpan time, string stage) =>
        Stages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    public static void RecordLookUp(TimeSpan time, string platform, string outcome) =>
        LookUps.Record(time.TotalSeconds, new("platform", platform), new("outcome", outcome));

    public static void RecordStorage(TimeSpan time, string operation, bool succeeded) =>
        Storing.Record(time.TotalSeconds, new("operation", operation), new("outcome", succeeded ? "ok" : "failed"));
}
