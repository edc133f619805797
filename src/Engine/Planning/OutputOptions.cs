using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>A possible request, with the file that it would give.</summary>
/// <param name="Container">The kind of file.</param>
/// <param name="Quality">Quality in a request's words.</param>
/// <param name="Bytes">Size of the file, estimated; null where the site says too little.</param>
/// <param name="IsCopy">True where nothing is encoded.</param>
/// <param name="Sources">Ids of the source's formats it is made of.</param>
public sealed record OutputOption(
    Container Container,
    string Quality,
    long? Bytes,
    bool IsCopy,
    IReadOnlyList<string> Sources
)
{
    /// <summary>Codec of the picture; null without one.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Codec of the sound; null without one.</summary>
    public string? AudioCodec { get; init; }
}

/// <summary>Combinations of containers with the qualities that a source gives something of its own for.</summary>
internal static class OutputOptions
{
    public static IReadOnlyList<OutputOption> Of(MediaInfo info) =>
        info.IsPlaylist || info.Formats.Count == 0
            ? []
            :
            [
                .. Container.All.SelectMany(container =>
                    QualitiesOf(container, info).Select(One).OfType<OutputOption>()
                ),
            ];

    private static IEnumerable<(MediaInfo Info, Container Container, string Quality)> QualitiesOf(
        Container container,
        MediaInfo info
    )
    {
        var words =
            container.IsLossless ? []
            : container.IsAudio ? Quality.KnownBitrates
            : HeightsOf(info);
        return words.Prepend("best").Select(word => (info, container, word));
    }

    /// <summary>Heights above all there is would give the best again, and lower ones than the lowest are scaled.</summary>
    private static IEnumerable<string> HeightsOf(MediaInfo info)
    {
        var tallest = info.Formats.Max(PictureSize.ShortSideOf) ?? 0;
        return Quality.KnownHeights.Where(height => ((Quality.Height)Quality.Parse(height)).Lines <= tallest);
    }

    private static OutputOption? One((MediaInfo Info, Container Container, string Quality) asked)
    {
        try
        {
            var request = OutputRequest.Parse(asked.Container.Name, asked.Quality);
            var plan = Planner.Plan(asked.Info, request);
            var forecast = Forecast.Of(plan);
            return new OutputOption(
                asked.Container,
                asked.Quality,
                forecast.Bytes,
                forecast.IsCopy,
                [.. plan.Sources.Select(source => source.Id)]
            )
            {
                VideoCodec = forecast.Conversion.Promise.VideoCodec,
                AudioCodec = forecast.Conversion.Promise.AudioCodec,
            };
        }
        catch (MediaException exception) when (exception.Error == MediaError.UnknownFormat)
        {
            // Of sound alone no picture can be made, and the other way round: that is no option.
            return null;
        }
    }
}
