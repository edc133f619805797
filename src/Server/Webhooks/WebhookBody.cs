using Decant.Server.Jobs;
using Decant.Server.Jobs.Views;

namespace Decant.Server.Webhooks;

/// <summary>Body of a webhook request: the fields that every event has.</summary>
internal abstract record WebhookBody
{
    /// <summary>Id of the event, equal in every attempt, so that a receiver can tell repetitions.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Type of the event, such as <c>job.completed</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>Time of the event (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Body of a webhook that tells of a job's end. The outer fields are in the hosted service's words, <c>job</c> in this API's.</summary>
internal sealed record JobWebhookBody : WebhookBody
{
    /// <summary>Number of the job.</summary>
    public required long JobId { get; init; }

    /// <summary><c>media_extraction</c>.</summary>
    public required string JobType { get; init; }

    /// <summary>State in which the job ended, in lower case.</summary>
    public required WebhookJobStatus Status { get; init; }

    /// <summary>Reason for which the job failed, for a person; null where it did not.</summary>
    public required string? ErrorMessage { get; init; }

    /// <summary>Code of the failure, in the words of the error table; null where it did not fail.</summary>
    public required string? FailureReason { get; init; }

    /// <summary>The job as it ended; its links expire as they do everywhere.</summary>
    public required JobView Job { get; init; }

    public static JobWebhookBody Of(JobEvent happened, JobView job) =>
        new()
        {
            EventId = happened.Id,
            EventType = happened.Type,
            CreatedAt = happened.CreatedAt,
            JobId = job.Id,
            JobType = Billing.ServiceType.MediaExtraction,
            Status = job.Status switch
            {
                JobStatus.Completed => WebhookJobStatus.Completed,
                JobStatus.Cancelled => WebhookJobStatus.Cancelled,
                _ => WebhookJobStatus.Failed,
            },
            ErrorMessage = job.Error?.Message,
            FailureReason = job.Error?.Code,
            Job = job,
        };
}

/// <summary>Body of a <c>webhook.test</c>, which has no job.</summary>
internal sealed record TestWebhookBody : WebhookBody
{
    /// <summary>A sentence for a person.</summary>
    public required string Message { get; init; }

    public static TestWebhookBody Of(Guid id, DateTimeOffset now) =>
        new()
        {
            EventId = id,
            EventType = WebhookEvents.Test,
            CreatedAt = now,
            Message = "This endpoint is reached.",
        };
}

/// <summary>State of a job that ended, in the hosted service's spelling.</summary>
internal enum WebhookJobStatus
{
    Completed,
    Failed,
    Cancelled,
}
