using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Choice of the format that gives the picture, and of the sound that goes with it.</summary>
internal static class VideoChoice
{
    public static IReadOnlyList<SourceFormat> Choose(IReadOnlyList<SourceFormat> formats, OutputRequest request)
    {
        var pictures = formats.Where(format => format.MayHaveVideo).ToList();
        if (pictures.Count == 0)
            throw new MediaException(
                MediaError.UnknownFormat,
                $"The source has no picture, so the format \"{request.Container.Name}\" cannot be made. Ask for an audio format such as mp3 or m4a."
            )
            {
                Field = "format",
            };

        var candidates = AtHeight(pictures, request);
        var best = candidates.Order(new Preference(request, formats)).First();
        return WithSound(best, formats, request);
    }

    /// <summary>A format and, where it is silent, the best sound that the source has, be it another picture's.</summary>
    public static IReadOnlyList<SourceFormat> WithSound(
        SourceFormat picture,
        IReadOnlyList<SourceFormat> formats,
        OutputRequest request
    ) => picture.MayHaveAudio || AudioChoice.Choose(formats, request) is not { } sound ? [picture] : [picture, sound];

    /// <summary>Formats at the best height that is not above the requested one; else at the lowest there is.</summary>
    private static IEnumerable<SourceFormat> AtHeight(List<SourceFormat> pictures, OutputRequest request)
    {
        var sized = pictures
            .Where(format => PictureSize.ShortSideOf(format) is not null)
            .ToLookup(format => PictureSize.ShortSideOf(format)!.Value);
        if (sized.Count == 0)
            // Nothing to go by but the extractor's own order, worst to best.
            return [IsWorst(request) ? pictures[0] : pictures[^1]];
        var heights = sized.Select(group => group.Key).Order().ToList();
        var chosen = request.Quality switch
        {
            _ when IsWorst(request) => heights[0],
            Quality.Height asked => heights.LastOrDefault(asked.Admits, heights[0]),
            _ => heights[^1],
        };
        return sized[chosen];
    }

    private static bool IsWorst(OutputRequest request) =>
        request.Quality is Quality.WorstOf || request.Selector is FormatSelector.WorstOf;

    /// <summary>Best first: what can be copied, then motion, then bits, then the easier way to fetch it.</summary>
    private sealed class Preference(OutputRequest request, IReadOnlyList<SourceFormat> formats)
        : IComparer<SourceFormat>
    {
        private const double UsualFramesPerSecond = 30;
        private const long UsualAudioBits = 128_000;
        private readonly bool _separateSound = formats.Any(format => format.MayHaveAudio && !format.MayHaveVideo);
        private readonly int _direction = IsWorst(request) ? -1 : 1;

        public int Compare(SourceFormat? x, SourceFormat? y)
        {
            var (left, right) = (Rank(x!), Rank(y!));
            var order = left.CompareTo(right);
            return order != 0 ? order : string.CompareOrdinal(x!.Id, y!.Id);
        }

        // Tuples compare part by part, so this is the whole order of preference.
        private (
            (int Silent, Fit Fit, int Range, int TooFast, double Slow),
            (int Poor, FetchProtocol Protocol, int Combined, int Rare, double Poorer)
        ) Rank(SourceFormat format)
        {
            var fps = format.FramesPerSecond ?? UsualFramesPerSecond;
            var limit = (request.Quality as Quality.Height)?.FramesPerSecond;
            var worth = CodecWorth.Worth(format.VideoCodec, PictureBits(format));
            return (
                (
                    // A silent picture with no sound to go with it is no match for one that has both.
                    format.MayHaveAudio || _separateSound
                        ? 0
                        : 1,
                    FitOf(format),
                    // What is not high dynamic range looks right everywhere.
                    (format.DynamicRange is null or "SDR") == (request.DynamicRange == DynamicRange.High)
                        ? 1
                        : 0,
                    limit is { } most && fps > most * 1.01 ? 1 : 0,
                    -_direction * Math.Round(fps)
                ),
                (
                    -_direction * CodecWorth.Step(worth, perOctave: 1),
                    format.Protocol,
                    // Sound of its own is at most as good as the best that stands apart.
                    format.MayHaveAudio && _separateSound
                        ? 1
                        : 0,
                    request.Container.VideoRank(format.VideoCodec),
                    -_direction * worth
                )
            );
        }

        private static long PictureBits(SourceFormat format) =>
            Math.Max(0, (format.TotalBitrate ?? 0) - (format.MayHaveAudio ? format.AudioBitrate ?? UsualAudioBits : 0));

        private Fit FitOf(SourceFormat format) =>
            request.VideoCodec is { } forced && format.VideoCodec != forced
                ? Fit.None
                : request.Container.VideoFit(format.VideoCodec);
    }
}
