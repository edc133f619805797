namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Whether look-ups are possible, for a health report.</summary>
/// <param name="Ready">Warm and waiting.</param>
/// <param name="Version">yt-dlp's version, where it is known.</param>
/// <param name="JavaScriptRuntime">Name and version of the runtime yt-dlp can use, or null.</param>
/// <param name="Reason">Why it is not ready, and what to do.</param>
internal sealed record ExtractorStatus(bool Ready, string? Version, string? JavaScriptRuntime, string? Reason)
{
    /// <summary>What keeps yt-dlp from having a JavaScript runtime, and what to do; null where it has one, or is not ready.</summary>
    public string? JavaScriptMissing { get; init; }
}
