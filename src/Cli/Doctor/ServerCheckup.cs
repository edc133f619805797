using System.Data.Common;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Decant.Server.Upkeep;

namespace Decant.Cli.Doctor;

/// <summary>Looks at what a server has left in its data directory and its database, whether it runs or not.</summary>
/// <param name="Platforms">Health of the platforms; empty where no server has run here.</param>
/// <param name="Findings">Findings about the server's data.</param>
internal sealed record ServerCheckup(IReadOnlyList<PlatformRecord> Platforms, IReadOnlyList<Finding> Findings)
{
    /// <summary>Fewer failures in a week may be anybody's.</summary>
    private const int Many = 3;

    /// <param name="dataDirectory">The server's.</param>
    /// <param name="connection">PostgreSQL's; null or empty for SQLite.</param>
    /// <param name="today">UTC.</param>
    /// <param name="cancellationToken">Token that ends the checkup.</param>
    public static async Task<ServerCheckup> RunAsync(
        string dataDirectory,
        string? connection,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var db = StoredDb.Open(dataDirectory, connection);
            if (db is null)
            {
                var where = Path.GetFullPath(dataDirectory);
                return new(
                    [],
                    [new("server", FindingState.Ok, $"none has run in {where} (another is named by --data)")]
                );
            }

            var platforms = await PlatformRecords.ReadAsync(db, today, cancellationToken);
            return new(platforms, [.. Describe(ExtractorNote.Read(dataDirectory)), .. platforms.SelectMany(Describe)]);
        }
        catch (Exception failure) when (failure is DbException or JsonException)
        {
            return new(
                [],
                [
                    new(
                        "server",
                        FindingState.Problem,
                        $"what it left in {Path.GetFullPath(dataDirectory)} cannot be read ({failure.Message}); start this version's server there once."
                    ),
                ]
            );
        }
    }

    private static IEnumerable<Finding> Describe(ExtractorNote? note)
    {
        if (note is { LastReload: { Error: { } error, At: var at } })
        {
            yield return new(
                "server",
                FindingState.Problem,
                $"it stays with yt-dlp {note.Version}, because what has replaced it did not start at {at:u}: {error} Mend that with `./decant update`; the server notices by itself."
            );
        }
        else if (note is { Version: { } version })
        {
            yield return new("server", FindingState.Ok, $"it ran yt-dlp {version} from {note.Since:u} on");
        }
    }

    private static IEnumerable<Finding> Describe(PlatformRecord record)
    {
        var changed = record.RecentFailures.FirstOrDefault(failure => failure.Code == MediaError.SourceFailed.Code);
        var isBroken =
            record.Platform != Platform.Other.Name
            && changed is { Count: >= Many }
            && !(record.LastSuccessAt > changed.LastAt);
        var last = record.LastSuccessAt is { } at ? $"last success {at:u}" : "no success in 90 days";
        if (isBroken)
        {
            yield return new(
                record.Platform,
                FindingState.Problem,
                $"{last}, and since then {changed!.Code}, {changed.Count} times in {PlatformRecords.RecentDays} days: its pages may have changed. `./decant update` brings a newer extractor."
            );
        }
        else if (record.LastSuccessAt is not null || record.RecentFailures.Count > 0)
        {
            var failed = string.Join(", ", record.RecentFailures.Select(failure => $"{failure.Code} {failure.Count}"));
            yield return new(
                record.Platform,
                FindingState.Ok,
                failed.Length == 0 ? last : $"{last}; failed in {PlatformRecords.RecentDays} days: {failed}"
            );
        }
    }
}
