using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>A finished, verified file. Everything here was measured on the file itself.</summary>
public sealed record ExtractionResult
{
    public required MediaInfo Info { get; init; }
    public required Container Container { get; init; }

    /// <summary>Path of the file, inside the run's directory.</summary>
    public required string Path { get; init; }

    /// <summary>The JPEG beside it, where one was asked for and the source has one.</summary>
    public string? ThumbnailPath { get; init; }

    /// <summary>Subtitles in the file or beside it.</summary>
    public IReadOnlyList<MadeSubtitle> Subtitles { get; init; } = [];

    /// <summary>Beginning of a clip; null where the whole was asked for.</summary>
    public CutPoint? CutAt { get; init; }

    /// <summary>The better quality that the source lists and has no more, such as <c>1080p</c>; null where the best was had.</summary>
    public string? FellBackFrom { get; init; }
    public required long Size { get; init; }
    public required TimeSpan Duration { get; init; }

    /// <summary>Length that the page says, where its files are whole and shorter; null where it is right, or says nothing.</summary>
    public TimeSpan? AnnouncedDuration { get; init; }

    /// <summary>Gaps in a recording of a live stream, in order; empty where nothing is missing, and for anything else.</summary>
    public IReadOnlyList<RecordingGap> Gaps { get; init; } = [];
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? FramesPerSecond { get; init; }
    public string? VideoCodec { get; init; }
    public string? AudioCodec { get; init; }

    /// <summary>The medium and what lies beside it.</summary>
    internal IEnumerable<string> Files =>
        new[] { Path, ThumbnailPath }.Concat(Subtitles.Select(subtitle => subtitle.Path)).OfType<string>();

    /// <summary>The same in another directory.</summary>
    internal ExtractionResult MovedTo(string directory)
    {
        return this with
        {
            Path = Moved(Path)!,
            ThumbnailPath = Moved(ThumbnailPath),
            Subtitles = [.. Subtitles.Select(subtitle => subtitle with { Path = Moved(subtitle.Path) })],
        };

        string? Moved(string? path) =>
            path is null ? null : System.IO.Path.Combine(directory, System.IO.Path.GetFileName(path));
    }
}

/// <summary>Subtitles that were delivered.</summary>
/// <param name="Language">Language they are written in, as the source says it.</param>
/// <param name="IsAutomatic">True for text made by a machine: the source has none of people's own.</param>
/// <param name="Path">The file beside the medium; null for a stream inside it.</param>
/// <param name="Format">Format of that file.</param>
public sealed record MadeSubtitle(string Language, bool IsAutomatic, string? Path, SubtitleFormat? Format);
