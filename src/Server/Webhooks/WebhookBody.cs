using System.Text.Json.Serialization;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;

namespace Decant.Server.Webhooks;

/// <summary>Body of a webhook request. A test has no job, and leaves out its fields.</summary>
internal sealed record WebhookBody
{
    /// <summary>Id of the event, equal in every attempt, so that a receiver can tell repetitions.</summary>
    public required Guid EventId { get; init; }
    public required string EventType { get; init; }

    /// <summary>Time of the event (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? JobId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobStatus? Status { get; init; }

    /// <summary>The job as it ended; its links expire as they do everywhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobView? Job { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    public static WebhookBody Of(JobEvent happened, JobView job) =>
        new()
        {
            EventId = happened.Id,
            EventType = happened.Type,
            CreatedAt = happened.CreatedAt,
            JobId = job.Id,
            JobType = "media_extraction",
            Status = job.Status,
            Job = job,
        };

    public static WebhookBody Test(Guid id, DateTimeOffset now) =>
        new()
        {
            EventId = id,
            EventType = WebhookEvents.Test,
            CreatedAt = now,
            Message = "This endpoint is reached.",
        };
}
