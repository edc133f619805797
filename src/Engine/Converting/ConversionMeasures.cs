using System.Diagnostics.Metrics;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>Times of ffmpeg's work and of the reading after it, by the dearest thing that is done to a stream.</summary>
internal static class ConversionMeasures
{
    private static readonly Meter Meter = new(LookUpFailures.MeterName);

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    };

    private static readonly Histogram<double> Conversions = Meter.CreateHistogram(
        "decant.conversion.duration",
        "s",
        "Time for which ffmpeg runs, by what it does: copy, encode_audio, encode_video. The sum of the latter two is the encoders' time.",
        advice: Buckets
    );

    private static readonly Histogram<double> Verifications = Meter.CreateHistogram(
        "decant.verification.duration",
        "s",
        "Time in which a made file is read to its last packet and held to its source, by what was done to make it.",
        advice: Buckets
    );

    public static void RecordConversion(TimeSpan time, ConversionPlan plan) =>
        Conversions.Record(time.TotalSeconds, Work(plan));

    public static void RecordVerification(TimeSpan time, ConversionPlan plan) =>
        Verifications.Record(time.TotalSeconds, Work(plan));

    private static KeyValuePair<string, object?> Work(ConversionPlan plan) =>
        new(
            "work",
            plan.Streams.Any(stream => stream.Treatment is EncodeVideo) ? "encode_video"
                : plan.Streams.Any(stream => stream.Treatment is EncodeAudio) ? "encode_audio"
                : "copy"
        );
}
