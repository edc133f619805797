using System.Text.Json.Serialization;
using Decant.Server.Jobs;

namespace Decant.Server.Downloads;

/// <summary>The answer to a download. What stands under the documents' fields is there for lists alone.</summary>
internal sealed record DownloadAnswer
{
    public required JobView Job { get; init; }

    /// <summary>What the jobs together may cost.</summary>
    public required long EstimatedCredits { get; init; }
    public string Message { get; init; } = "Download job created successfully";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BatchId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JobView>? Jobs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EntryError>? Errors { get; init; }

    /// <param name="findings">What was looked up.</param>
    /// <param name="jobs">What was accepted of it.</param>
    /// <param name="batchId">Of a list's jobs.</param>
    /// <param name="show">How a job is shown.</param>
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
    public required Guid BatchId { get; init; }
    public required IReadOnlyList<JobView> Jobs { get; init; }
    public required long EstimatedCredits { get; init; }
    public required IReadOnlyList<EntryError> Errors { get; init; }
    public required string Message { get; init; }
}
