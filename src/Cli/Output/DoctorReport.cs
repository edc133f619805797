using System.Text.Json;
using Decant.Cli.Doctor;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Server.Upkeep;

namespace Decant.Cli.Output;

/// <summary>Report of <c>doctor --json</c>.</summary>
/// <param name="Well">True where nothing needs doing.</param>
/// <param name="Extractor">The extractor on this machine's disk.</param>
/// <param name="Platforms">Health of the platforms by the records of the data directory's server.</param>
/// <param name="Findings">Findings, of all that was looked at.</param>
internal sealed record DoctorReport(
    bool Well,
    DoctorExtractor Extractor,
    IReadOnlyList<PlatformRecord> Platforms,
    IReadOnlyList<DoctorFinding> Findings
)
{
    public static DoctorReport Of(
        ExtractorStatus status,
        DateOnly today,
        IReadOnlyList<PlatformRecord> platforms,
        IReadOnlyList<Finding> findings
    ) =>
        new(
            findings.All(finding => finding.State != FindingState.Problem),
            new DoctorExtractor(
                status.Version,
                status.Released,
                status.AgeOn(today),
                status.Path,
                status.Python,
                status.JavaScriptRuntime
            ),
            platforms,
            [
                .. findings.Select(finding => new DoctorFinding(
                    finding.Name,
                    JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.State.ToString()),
                    finding.Value
                )),
            ]
        );
}

/// <param name="Version">yt-dlp's; null where it does not start.</param>
/// <param name="ReleasedOn">Release date of the version.</param>
/// <param name="AgeDays">Days since then.</param>
/// <param name="Path">Path of its package.</param>
/// <param name="Python">Python's version.</param>
/// <param name="JavascriptRuntime">Name and version; null for none.</param>
internal sealed record DoctorExtractor(
    string? Version,
    DateOnly? ReleasedOn,
    int? AgeDays,
    string? Path,
    string? Python,
    string? JavascriptRuntime
);

/// <param name="Name">Part that was checked.</param>
/// <param name="State"><c>ok</c>, <c>note</c> or <c>problem</c>.</param>
/// <param name="Value">Result of the check, with the remedy where there is one.</param>
internal sealed record DoctorFinding(string Name, string State, string Value);
