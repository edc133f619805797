using System.Text.Json.Serialization;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Views;

namespace Decant.Server.Downloads;

/// <summary>The answer to a download. What stands under the documents' fields is there for lists alone.</summary>
internal sealed record DownloadAnswer
{
    /// <summary>The job; of a list, the first one.</summary>
    public required JobView Job { get; init; }

    /// <summary>Credits that the jobs together may cost.</summary>
    public required long EstimatedCredits { get; init; }

    /// <summary>Text for a person.</summary>
    public string Message { get; init; } = "Download job created successfully";

    /// <summary>The batch of a list's jobs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BatchId { get; init; }

    /// <summary>Jobs of a list, in its order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JobView>? Jobs { get; init; }

    /// <summary>Entries of a list that were not accepted, and why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EntryError>? Errors { get; init; }

    /// <param name="findings">Findings of the look-up.</param>
    /// <param name="jobs">Jobs that were accepted of it.</param>
    /// <param name="batchId">Id of a list's jobs as a batch.</param>
    /// <param name="show">View of a job.</param>
    public static DownloadAnswer Of(
        Findings findings,
        IReadOnlyList<Job> jobs,
        Guid? batchId,
        Func<Job, JobView> show
    ) =>
        new()
        {
            Job = show(jobs[0]),
            EstimatedCredits = findings.Credits,
            BatchId = batchId,
            Jobs = findings.IsList ? [.. jobs.Select(show)] : null,
            Errors = findings.IsList ? findings.Errors : null,
        };
}

/// <summary>The answer to a bulk download.</summary>
internal sealed record BulkAnswer
{
    /// <summary>The batch that all accepted jobs belong to.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Accepted downloads, in the order of the request.</summary>
    public required IReadOnlyList<JobView> Jobs { get; init; }

    /// <summary>Credits that the jobs together may cost.</summary>
    public required long EstimatedCredits { get; init; }

    /// <summary>Downloads that were not accepted, and the reasons.</summary>
    public required IReadOnlyList<EntryError> Errors { get; init; }

    /// <summary>Text for a person.</summary>
    public required string Message { get; init; }
}
