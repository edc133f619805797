using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Server.Platforms.Circuits;

namespace Decant.Server.Upkeep;

/// <summary>The extractor of one node, and how platforms answer to all of them.</summary>
/// <param name="Node">The name of the machine that answered: each has an extractor of its own.</param>
/// <param name="Ready">The extractor can look pages up.</param>
/// <param name="Reason">Reason for which the server cannot reload it, and what to do; null where it can.</param>
/// <param name="Version">yt-dlp's version.</param>
/// <param name="ReleasedOn">Release date of the version.</param>
/// <param name="AgeDays">Age of the version in days; from 90 on an update is overdue.</param>
/// <param name="Path">Path of its package.</param>
/// <param name="Python">Python's version.</param>
/// <param name="JavascriptRuntime">The JavaScript runtime it uses, with its version; null for none, and then some of YouTube's formats are missing.</param>
/// <param name="RunningSince">Start of its process (UTC).</param>
/// <param name="LastReload">Outcome of the last reload; null where there was none since the server started.</param>
/// <param name="Platforms">Health of each platform.</param>
internal sealed record ExtractorView(
    string Node,
    bool Ready,
    string? Reason,
    string? Version,
    DateOnly? ReleasedOn,
    int? AgeDays,
    string? Path,
    string? Python,
    string? JavascriptRuntime,
    DateTimeOffset? RunningSince,
    ReloadView? LastReload,
    IReadOnlyList<PlatformView> Platforms
)
{
    public static ExtractorView Of(
        ExtractorStatus status,
        IEnumerable<PlatformRecord> records,
        IEnumerable<PlatformCircuit> open,
        DateOnly today
    ) =>
        new(
            Environment.MachineName,
            status.Ready,
            status.Reason,
            status.Version,
            status.Released,
            status.AgeOn(today),
            status.Path,
            status.Python,
            status.JavaScriptRuntime,
            status.Since,
            status.LastReload is { } last ? new ReloadView(last.At, last.From, last.To, last.Error) : null,
            [
                .. records.GroupJoin(
                    open,
                    record => record.Platform,
                    circuit => circuit.Platform,
                    (record, circuits) =>
                        new PlatformView(
                            record.Platform,
                            record.LastSuccessAt,
                            circuits.SingleOrDefault()?.OpenUntil,
                            record.RecentFailures
                        )
                ),
            ]
        );
}

/// <summary>Outcome of a reload of the extractor.</summary>
/// <param name="EndedAt">End of the reload (UTC).</param>
/// <param name="From">The version at work before; null where none was.</param>
/// <param name="To">The version at work since; null where it failed.</param>
/// <param name="Error">Reason for which the one before stays at work; null where it does not.</param>
internal sealed record ReloadView(DateTimeOffset EndedAt, string? From, string? To, string? Error);

/// <summary>Health of a platform by the look-ups of all nodes.</summary>
/// <param name="Platform">Platform by its name in the API, such as <c>youtube</c>.</param>
/// <param name="LastSuccessAt">Time of the last successful look-up (UTC); null where there was none in the last 90 days.</param>
/// <param name="LeftAloneUntil">The platform refuses this server, and is not asked before this time; null where it is.</param>
/// <param name="RecentFailures">Failures of look-ups in the last seven days, newest first. Many <c>source_failed</c> mean that its pages have changed.</param>
internal sealed record PlatformView(
    string Platform,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LeftAloneUntil,
    IReadOnlyList<RecentFailure> RecentFailures
);
