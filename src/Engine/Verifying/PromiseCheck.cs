using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Verifying;

/// <summary>A made file, held against its plan's promise. Pure.</summary>
internal static class PromiseCheck
{
    private static readonly TimeSpan ShortestMeasure = TimeSpan.FromSeconds(10);

    /// <returns>What is wrong, to follow a colon; null where the promise is kept.</returns>
    public static string? Breach(ReadThrough read, ConversionPlan plan)
    {
        if (read.Media is not { } media)
            return "it cannot be opened";
        var promise = plan.Promise;
        if (!media.FormatName.Split(',').Contains(plan.Container.ProbeName))
            return $"it is {media.FormatName}, not {plan.Container.Name}";
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
            ?? (ReadingErrors(read, plan) is { } error ? $"it cannot be read to its end ({error})" : null);
    }

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

    /// <summary>Breach of a promised bit rate. Over a few seconds a rate says little: encoders borrow from what is to come.</summary>
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
}
