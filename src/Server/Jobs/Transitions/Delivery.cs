using Decant.Engine;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Server.Storage;

namespace Decant.Server.Jobs.Transitions;

/// <summary>Files that a run has made, on their way to the storage.</summary>
/// <param name="Info">The medium it is of.</param>
/// <param name="Files">Files that are kept.</param>
/// <param name="Paths">Paths at which they lie until then, in the same order.</param>
/// <param name="Size">Bytes of the first.</param>
/// <param name="ExpiresAt">Time at which the files are removed.</param>
internal sealed record Delivery(
    MediaInfo Info,
    JobFiles Files,
    IReadOnlyList<string> Paths,
    long Size,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>Measures of the medium; null where none was made.</summary>
    public ExtractionResult? Medium { get; private init; }

    /// <summary><c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution => Medium is { Width: { } width, Height: { } height } ? $"{width}x{height}" : null;

    public double? Fps => Medium?.FramesPerSecond is { } fps ? Math.Round(fps, 3) : null;

    public double? Seconds => SecondsOf(Medium?.Duration);

    public static Delivery Of(long jobId, Made made, DateTimeOffset expiresAt) =>
        made switch
        {
            Made.Medium medium => Of(jobId, medium.Result, expiresAt),
            Made.Thumbnail thumbnail => Of(jobId, thumbnail.Result, expiresAt),
            _ => throw new ArgumentOutOfRangeException(nameof(made), made, null),
        };

    public static Delivery Of(long jobId, ExtractionResult made, DateTimeOffset expiresAt)
    {
        var (files, paths) = (new List<JobFile>(), new List<string>());
        Add(FileKind.Medium, made.Container.Name, made.Path);
        if (made.ThumbnailPath is { } thumbnail)
        {
            Add(FileKind.Thumbnail, "jpg", thumbnail);
        }

        foreach (var subtitle in made.Subtitles.Where(one => one.Path is not null))
        {
            Add(FileKind.Subtitles, subtitle.Format == SubtitleFormat.Vtt ? "vtt" : "srt", subtitle.Path!);
            files[^1] = files[^1] with { Language = subtitle.Language, IsAutomatic = subtitle.IsAutomatic };
        }

        var embedded = made.Subtitles.Where(one => one.Path is null);
        return new Delivery(
            made.Info,
            new JobFiles(files)
            {
                Embedded = [.. embedded.Select(one => new EmbeddedSubtitle(one.Language, one.IsAutomatic))],
                AnnouncedDuration = SecondsOf(made.AnnouncedDuration),
                Gaps = [.. made.Gaps.Select(gap => new JobGap(SecondsOf(gap.Start)!.Value, SecondsOf(gap.Duration)))],
            },
            paths,
            made.Size,
            expiresAt
        )
        {
            Medium = made,
        };

        void Add(FileKind kind, string extension, string path)
        {
            files.Add(new JobFile(kind, StorageKey.New(jobId, extension), extension));
            paths.Add(path);
        }
    }

    private static double? SecondsOf(TimeSpan? length) => length is { } one ? Math.Round(one.TotalSeconds, 3) : null;

    private static Delivery Of(long jobId, ThumbnailResult made, DateTimeOffset expiresAt) =>
        new(
            made.Info,
            new JobFiles([new JobFile(FileKind.Thumbnail, StorageKey.New(jobId, "jpg"), "jpg")]),
            [made.Path],
            made.Size,
            expiresAt
        );
}
