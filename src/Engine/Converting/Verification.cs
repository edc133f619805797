using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Converting;

/// <summary>Holds a finished file to what its plan promised. A file that breaks its promise is removed.</summary>
internal sealed partial class Verification(Ffprobe ffprobe, ILogger<Verification> logger)
{
    private static readonly TimeSpan ShortestMeasure = TimeSpan.FromSeconds(10);

    /// <returns>What the file really is.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where it is not what was promised.</exception>
    public async Task<ProbedMedia> VerifyAsync(string path, ConversionPlan plan, CancellationToken cancellationToken) =>
        Judge(await ffprobe.ReadThroughAsync(path, cancellationToken), path, plan);

    private ProbedMedia Judge(ReadThrough read, string path, ConversionPlan plan)
    {
        if (Breach(read, plan) is not { } breach)
            return read.Media!;
        LogBroken(logger, plan.Container.Name, breach, read.Outcome.ErrorTail);
        File.Delete(path);
        throw new MediaException(MediaError.SourceFailed, $"The source's file is broken: {breach}.");
    }

    /// <returns>What is wrong, to follow "The source's file is broken:"; null where the promise is kept.</returns>
    internal static string? Breach(ReadThrough read, ConversionPlan plan)
    {
        if (read.Media is not { } media)
            return "what was made of it cannot be opened";
        var promise = plan.Promise;
        if (!media.FormatName.Split(',').Contains(plan.Container.ProbeName))
            return $"what was made of it is {media.FormatName}, not {plan.Container.Name}";
        return StreamBreach("picture", media.Video, promise.VideoCodec)
            ?? StreamBreach("sound", media.Audio, promise.AudioCodec)
            ?? SubtitleBreach(media, plan)
            ?? PictureBreach(media.Video, promise.Picture)
            ?? (
                promise.StandardRange && media.Video is { } video && HighDynamicRange.IsIn(video)
                    ? "its picture still has a high dynamic range"
                    : null
            )
            ?? BitrateBreach(media.Audio, promise.Sound)
            ?? DurationBreach(Played(media), promise)
            ?? (ReadingErrors(read, plan) is { } error ? $"it cannot be read to its end ({error})" : null);
    }

    /// <summary>How long it plays, by its packets: headers can say anything.</summary>
    public static TimeSpan Played(ProbedMedia media)
    {
        var read = media
            .Streams.Where(stream => stream.Kind is StreamKind.Video or StreamKind.Audio)
            .Select(stream => stream.Packets)
            .OfType<ReadPackets>()
            .ToList();
        if (read.Count == 0)
            return TimeSpan.Zero;
        // Packets before zero are an encoder's priming, which is not played.
        var start = read.Min(packets => packets.Start);
        return read.Max(packets => packets.End) - (start > TimeSpan.Zero ? start : TimeSpan.Zero);
    }

    /// <summary>Within 2 % or one second, whichever is more.</summary>
    public static bool Near(TimeSpan actual, TimeSpan expected) =>
        (actual - expected).Duration() <= TimeSpan.FromSeconds(Math.Max(1, expected.TotalSeconds * 0.02));

    private static string? StreamBreach(string what, ProbedStream? stream, string? codec) =>
        (stream, codec) switch
        {
            (null, null) => null,
            (null, _) => $"its {what} is missing",
            (_, null) => $"there is a {what} that should not be",
            ({ Packets: null or { Count: 0 } }, _) => $"its {what} is empty",
            _ when stream.Codec != codec => $"its {what} is {stream.Codec}, not {codec}",
            _ => null,
        };

    private static string? SubtitleBreach(ProbedMedia media, ConversionPlan plan)
    {
        var found = media.Streams.Where(stream => stream.Kind == StreamKind.Subtitle).Select(stream => stream.Codec);
        var promised = plan.Subtitles.Select(subtitle => subtitle.Codec).ToList();
        return found.SequenceEqual(promised)
            ? null
            : $"its subtitles are [{string.Join(", ", found)}], not [{string.Join(", ", promised)}]";
    }

    private static string? PictureBreach(ProbedStream? video, PictureSize? promised) =>
        video is null || promised is not { } size || VideoTreatment.SizeOf(video) is not { } actual ? null
        // A copied picture may be coded with a few lines that its container crops.
        : Math.Abs(actual.Height - size.Height) <= 16 && Math.Abs(actual.Width - size.Width) <= 16 ? null
        : $"its picture is {actual.Width}x{actual.Height}, not {size.Width}x{size.Height}";

    /// <summary>Over a few seconds a rate says little: encoders borrow from what is to come.</summary>
    private static string? BitrateBreach(ProbedStream? sound, BitrateBand? promised)
    {
        if (sound?.Packets is not { } read || promised is not { } band || read.End - read.Start < ShortestMeasure)
            return null;
        var rate = (long)(read.Bytes * 8 / (read.End - read.Start).TotalSeconds);
        return rate < band.Least || rate > band.Most
            ? FormattableString.Invariant(
                $"its sound has {rate / 1000} kbit/s, not {band.Least / 1000} to {band.Most / 1000}"
            )
            : null;
    }

    private static string? DurationBreach(TimeSpan played, OutputPromise promise) =>
        promise.Duration is { } expected
        && !Near(played, expected)
        && (
            played < expected
            || !Near(played, expected + promise.LongestLead) && played > expected + promise.LongestLead
        )
            ? FormattableString.Invariant($"it plays {played.TotalSeconds:0.0} s of {expected.TotalSeconds:0.0} s")
            : null;

    /// <summary>
    /// A complaint of the container's reader counts; one of a decoder or parser about a copied stream does not:
    /// sources cut at a segment begin without a key frame, and every player copes.
    /// </summary>
    private static string? ReadingErrors(ReadThrough read, ConversionPlan plan)
    {
        var copied = plan
            .Streams.Select(stream => stream.Treatment)
            .OfType<CopyStream>()
            .Select(copy => copy.Codec)
            .ToList();
        var error = read.Outcome.Errors.FirstOrDefault(line =>
            (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal))
            && !copied.Exists(codec =>
                line.StartsWith($"[{codec} @", StringComparison.Ordinal)
                || line.StartsWith("[NULL @", StringComparison.Ordinal)
            )
        );
        return error?[(error.LastIndexOf("] ", StringComparison.Ordinal) + 2)..];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Container} file broke its promise: {Breach}. {Errors}")]
    private static partial void LogBroken(ILogger logger, string container, string breach, string errors);
}
