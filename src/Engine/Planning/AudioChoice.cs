using Decant.Engine.Extracting;

namespace Decant.Engine.Planning;

/// <summary>Which format gives the sound.</summary>
internal static class AudioChoice
{
    /// <summary>A picture below this many lines often comes with its sound cut down too; above it, bytes are only picture.</summary>
    private const int WholeSoundLines = 360;

    /// <returns>Null where none has sound.</returns>
    public static SourceFormat? Choose(IReadOnlyList<SourceFormat> formats, OutputRequest request)
    {
        var sounds = formats.Where(format => format.MayHaveAudio).ToList();
        var apart = sounds.Where(format => !format.MayHaveVideo).ToList();
        return apart.Count > 0
            ? apart.OrderBy(format => Rank(format, request)).ThenBy(format => format.Id, StringComparer.Ordinal).First()
            : sounds
                .OrderBy(format => Rank(format, request))
                .ThenBy(format => PictureSize.ShortSideOf(format) is { } lines && lines < WholeSoundLines)
                .ThenBy(Cost)
                .ThenBy(format => format.Id, StringComparer.Ordinal)
                .FirstOrDefault();
    }

    private static (int Language, Fit Fit, int Above, double Poor, FetchProtocol Protocol) Rank(
        SourceFormat format,
        OutputRequest request
    )
    {
        var asked = (request.Quality as Quality.AudioBitrate)?.BitsPerSecond;
        var rate = format.AudioBitrate ?? (format.MayHaveVideo ? null : format.TotalBitrate);
        // In copying, what is above the asked rate would have to be encoded: then it fits no better than another codec.
        var above = asked is { } most && rate > most * AudioTreatment.RateTolerance;
        var worst = request.AudioOnly
            ? request.Quality is Quality.WorstOf || request.Selector is FormatSelector.WorstOf
            : request.Selector is FormatSelector.WorstOf || request.Quality is Quality.WorstOf;
        var bucket = CodecWorth.IsLossless(format.AudioCodec)
            ? int.MaxValue
            : CodecWorth.Bucket(CodecWorth.Worth(format.AudioCodec, rate ?? 0));
        return (
            -(format.LanguagePreference ?? -1),
            above ? Fit.None : FitOf(format, request),
            0,
            worst ? bucket : -bucket,
            format.Protocol
        );
    }

    private static Fit FitOf(SourceFormat format, OutputRequest request)
    {
        if (request.AudioCodec is { } forced)
            return format.AudioCodec == forced ? Fit.Natural : Fit.None;
        // A lossless file is not asked for by codec: any source becomes it without loss.
        return request.Container.IsLossless ? Fit.Natural : request.Container.AudioFit(format.AudioCodec);
    }

    private static double Cost(SourceFormat format) =>
        format.Size ?? format.TotalBitrate ?? PictureSize.ShortSideOf(format) * 1000.0 ?? double.MaxValue;
}
