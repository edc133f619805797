using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Chooses the formats to fetch. Pure.</summary>
internal static class Planner
{
    /// <exception cref="MediaException"><c>unknown_format</c> where the selector names none of them, or nothing fits the request.</exception>
    public static ExtractionPlan Plan(MediaInfo info, OutputRequest request)
    {
        if (info.IsPlaylist)
            throw new InvalidOperationException("A list is planned entry by entry.");
        if (info.Formats.Count == 0)
            throw new MediaException(
                MediaError.ContentNotFound,
                $"\"{info.Title}\" offers nothing that can be fetched."
            );

        if (request.Clip is { } clip && info.Duration is { } duration)
            clip.RequireWithin(duration);

        var formats = request.AudioLanguage is { } language ? Languages.Speaking(info.Formats, language) : info.Formats;
        var sources =
            request.Selector is FormatSelector.Named named ? NamedChoice.Choose(info.Formats, named, request)
            : request.AudioOnly ? [AudioOf(formats, request)]
            : VideoChoice.Choose(formats, request);
        return new ExtractionPlan
        {
            Info = info,
            Request = request,
            Sources = sources,
            Subtitles = request.Subtitles is { } wish ? Languages.Written(info.Subtitles, wish.Languages) : [],
            EstimatedFetchBytes = EstimateBytes(sources, info.Duration),
        };
    }

    private static SourceFormat AudioOf(IReadOnlyList<SourceFormat> formats, OutputRequest request) =>
        AudioChoice.Choose(formats, request)
        ?? throw new MediaException(
            MediaError.UnknownFormat,
            $"The source has no sound, so the format \"{request.Container.Name}\" cannot be made. Ask for a video format such as mp4."
        )
        {
            Field = "format",
        };

    /// <summary>The sum of what the site says; null where it says nothing of one of them.</summary>
    private static long? EstimateBytes(IReadOnlyList<SourceFormat> sources, TimeSpan? duration)
    {
        long total = 0;
        foreach (var source in sources)
        {
            var rate = source.TotalBitrate ?? (source.MayHaveVideo ? null : source.AudioBitrate);
            if ((source.Size ?? (long?)(rate / 8.0 * duration?.TotalSeconds)) is not { } size)
                return null;
            total += size;
        }
        return total;
    }
}
