namespace Decant.Server.Webhooks.Endpoints;

/// <summary>A delivery on the wire, with what came of its last attempt.</summary>
internal sealed record DeliveryView
{
    /// <summary>Number of the delivery.</summary>
    public required long Id { get; init; }

    /// <summary>Number of the endpoint; null for the <c>webhook_url</c> of a single download.</summary>
    public long? EndpointId { get; init; }

    /// <summary>Id of the event, equal in every attempt and for every receiver.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Type of the event, such as <c>job.completed</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The job that it happened to; null for a test.</summary>
    public long? JobId { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c>, or <c>dead_letter</c>: failed as often as it may, and sent again only when asked for.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Number of attempts since the delivery was last requested.</summary>
    public required int AttemptCount { get; init; }

    /// <summary>Attempts, oldest first, including those before a redelivery; the newest 50.</summary>
    public required IReadOnlyList<AttemptView> Attempts { get; init; }

    /// <summary>Time of the event (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time of the last attempt (UTC); null before the first.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Time of the next attempt (UTC); null once the delivery is finished.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>HTTP status of the last answer; null where there was none.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Seconds until the last answer began.</summary>
    public double? ResponseTime { get; init; }

    /// <summary>The first 1,024 bytes of the last answer.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Reason for which the last attempt failed; null where it did not.</summary>
    public string? Error { get; init; }

    public static DeliveryView Of(WebhookDelivery delivery) =>
        new()
        {
            Id = delivery.Id,
            EndpointId = delivery.EndpointId,
            EventId = delivery.EventId,
            EventType = delivery.EventType,
            JobId = delivery.JobId,
            Status = delivery.Status,
            AttemptCount = delivery.Attempts,
            Attempts = [.. delivery.Log.OrderBy(one => one.Id).Select(AttemptView.Of)],
            CreatedAt = delivery.CreatedAt,
            LastAttemptAt = delivery.LastAttemptAt,
            NextAttemptAt = delivery.Status == DeliveryStatus.Pending ? delivery.NextAttemptAt : null,
            ResponseStatus = delivery.ResponseStatus,
            ResponseTime = delivery.ResponseTime,
            ResponseBody = delivery.ResponseBody,
            Error = delivery.Error,
        };
}

/// <summary>An attempt and its outcome.</summary>
/// <param name="At">End of the attempt (UTC).</param>
/// <param name="ResponseStatus">HTTP status of the answer; null where there was none.</param>
/// <param name="DurationMs">Milliseconds until the answer began, or until it was given up.</param>
/// <param name="Error">Reason for which the attempt failed; null where it did not.</param>
internal sealed record AttemptView(DateTimeOffset At, int? ResponseStatus, int DurationMs, string? Error)
{
    public static AttemptView Of(DeliveryAttempt attempt) =>
        new(attempt.At, attempt.ResponseStatus, attempt.DurationMs, attempt.Error);
}
