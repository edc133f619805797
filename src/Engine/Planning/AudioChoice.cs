using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Choice of the format that gives the sound.</summary>
internal static class AudioChoice
{
    /// <summary>A picture below this many lines often comes with its sound cut down too; above it, bytes are only picture.</summary>
    private const int WholeSoundLines = 360;

    /// <summary>The extractor's language preference where it states none.</summary>
    private const int UnstatedPreference = -1;

    /// <summary>Bit rate above that of any lossy coding (bits per second).</summary>
    private const double MaxWorth = 1e9;

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

    private static (int Language, Fit Fit, double Poor, FetchProtocol Protocol, double Poorer) Rank(
        SourceFormat format,
        OutputRequest request
    )
    {
        var asked = (request.Quality as Quality.AudioBitrate)?.BitsPerSecond;
        var rate = format.AudioBitrate ?? (format.MayHaveVideo ? null : format.TotalBitrate);
        // What is above the asked rate would have to be encoded: then it fits no better than another codec.
        var above = rate > asked * AudioTreatment.RateTolerance;
        var direction = request.Quality is Quality.WorstOf || request.Selector is FormatSelector.WorstOf ? -1 : 1;
        var worth = CodecWorth.IsLossless(format.AudioCodec)
            ? MaxWorth
            : CodecWorth.Worth(format.AudioCodec, rate ?? 0);
        return (
            -(format.LanguagePreference ?? UnstatedPreference),
            above ? Fit.None : FitOf(format, request),
            -direction * CodecWorth.Step(worth, perOctave: 2),
            format.Protocol,
            -direction * worth
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
