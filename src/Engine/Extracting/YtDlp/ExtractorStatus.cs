using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Whether look-ups are possible, and with what.</summary>
/// <param name="Ready">Warm and waiting.</param>
/// <param name="Version">yt-dlp's version, where it is known.</param>
/// <param name="JavaScriptRuntime">Name and version of the runtime yt-dlp can use, or null.</param>
/// <param name="Reason">Reason for which it is not ready, and what to do.</param>
public sealed record ExtractorStatus(bool Ready, string? Version, string? JavaScriptRuntime, string? Reason)
{
    /// <summary>Platforms change monthly: past this age (days) an update is overdue.</summary>
    public const int OldAge = 90;

    /// <summary>Directory of its package.</summary>
    public string? Path { get; init; }

    /// <summary>Python's version.</summary>
    public string? Python { get; init; }

    /// <summary>Start of its process (UTC).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last time it was to move to other files; null where it never was.</summary>
    public ExtractorReload? LastReload { get; init; }

    /// <summary>Release date of the version: its name is a date.</summary>
    public DateOnly? Released => Version is null ? null : ReleaseDate.Of(Version);

    /// <summary>Days since it was released; null where that is not known.</summary>
    public int? AgeOn(DateOnly today) => today.DayNumber - Released?.DayNumber;

    /// <summary>Whether its children stay root, where the service is root: its JavaScript runtime is not readable for everybody.</summary>
    public bool AreLookUpsRoot { get; init; }

    /// <summary>Obstacle that keeps yt-dlp from having a JavaScript runtime, and the remedy; null where it has one, or is not ready.</summary>
    public string? JavaScriptMissing { get; init; }
}
