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
