using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>A made file that is known to be good.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Media">Medium that it really is.</param>
/// <param name="Conversion">Plan of the conversion.</param>
/// <param name="Probes">Probes of its sources.</param>
/// <param name="Announced">Length that the page says, where that is wrong.</param>
internal sealed record Made(
    string Path,
    ProbedMedia Media,
    ConversionPlan Conversion,
    ProbedMedia[] Probes,
    TimeSpan? Announced
)
{
    public required Companions Companions { get; init; }

    /// <summary>The result as the engine's caller is told of it.</summary>
    public ExtractionResult Result(MediaInfo info, string? jpeg, IReadOnlyList<MadeSubtitle> subtitles)
    {
        var (video, audio) = (Media.Video, Media.Audio);
        var size = video is null ? null : VideoTreatment.SizeOf(video);
        return new ExtractionResult
        {
            Info = info,
            Container = Conversion.Container,
            Path = Path,
            ThumbnailPath = jpeg,
            Subtitles = subtitles,
            Size = new FileInfo(Path).Length,
            Duration = Media.Played,
            AnnouncedDuration = Announced,
            Width = size?.Width,
            Height = size?.Height,
            FramesPerSecond = video?.FramesPerSecond,
            VideoCodec = video?.Codec,
            AudioCodec = audio?.Codec,
            CutAt = Conversion.Cut?.At,
        };
    }
}
