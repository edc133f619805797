using Decant.Engine.Planning;

namespace Decant.Server.Jobs;

/// <summary>Files that a job has made. The record stays with the job when the files themselves have gone.</summary>
/// <param name="All">The first is what was asked for, the others lie beside it.</param>
internal sealed record JobFiles(IReadOnlyList<JobFile> All)
{
    /// <summary>Subtitles inside the medium, which are no files.</summary>
    public IReadOnlyList<EmbeddedSubtitle> Embedded { get; init; } = [];

    /// <summary>Seconds that the page announced of files that are whole and shorter; null where it was right, or said nothing.</summary>
    public double? AnnouncedDuration { get; init; }

    /// <summary>Missing times of a recording, in order.</summary>
    public IReadOnlyList<JobGap> Gaps { get; init; } = [];

    public JobFile Product => All[0];
    public JobFile? Thumbnail => All.FirstOrDefault(file => file.Kind == FileKind.Thumbnail);
    public IEnumerable<JobFile> Subtitles => All.Where(file => file.Kind == FileKind.Subtitles);
}

/// <summary>A kept file.</summary>
/// <param name="Kind">Kind of the file: the medium, its thumbnail, subtitles.</param>
/// <param name="Key">Storage key of the file.</param>
/// <param name="Extension">Extension without a dot: <c>mp4</c>, <c>jpg</c>, <c>srt</c>.</param>
internal sealed record JobFile(FileKind Kind, string Key, string Extension)
{
    /// <summary>Language of subtitles; null for other files.</summary>
    public string? Language { get; init; }

    /// <summary>True for subtitles that a machine made.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>CRC-32 of its bytes (ISO 3309), for the archive of its batch; null outside of batches, and for files that versions before 0.2 have stored.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>The last part of its link.</summary>
    public string LinkName(long jobId) =>
        Kind switch
        {
            FileKind.Medium => $"video_{jobId}.{Extension}",
            FileKind.Thumbnail => $"thumbnail_{jobId}.{Extension}",
            _ => $"subtitles_{jobId}_{Language}.{Extension}",
        };

    /// <summary>Ending of the name under which a client saves it.</summary>
    public string SaveExtension => Kind == FileKind.Subtitles ? $"{Language}.{Extension}" : Extension;

    /// <summary>IANA media type.</summary>
    public string ContentType =>
        Kind switch
        {
            FileKind.Medium => Container.Parse(Extension).MediaType,
            FileKind.Thumbnail => "image/jpeg",
            _ => Extension == "vtt" ? "text/vtt; charset=utf-8" : "application/x-subrip; charset=utf-8",
        };
}

internal enum FileKind
{
    Medium,
    Thumbnail,
    Subtitles,
}

/// <param name="Language">Language as the source says it.</param>
/// <param name="IsAutomatic">A machine made them.</param>
internal sealed record EmbeddedSubtitle(string Language, bool IsAutomatic);

/// <summary>A time of a live stream that is missing in its recording.</summary>
/// <param name="Start">Beginning of the gap, in seconds from the beginning of the file.</param>
/// <param name="Duration">Length of the gap in seconds, about; null where nobody can tell.</param>
internal sealed record JobGap(double Start, double? Duration);
