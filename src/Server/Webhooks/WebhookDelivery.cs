namespace Decant.Server.Webhooks;

/// <summary>A delivery: one event for one receiver, written in the event's transaction and kept as its log.</summary>
internal sealed class WebhookDelivery
{
    public long Id { get; init; }
    public long AccountId { get; init; }

    /// <summary>Number of the endpoint; null for the <c>webhook_url</c> of a single download.</summary>
    public long? EndpointId { get; init; }

    /// <summary>Address of a delivery that has no endpoint.</summary>
    public string? Url { get; init; }

    /// <summary>Signing secret of a delivery that has no endpoint, encrypted; null for an unsigned one.</summary>
    public string? Secret { get; init; }

    /// <summary>Lane (queue) of the receiver, so that one receiver's deliveries never hold up another's.</summary>
    public required string Lane { get; init; }

    /// <summary>Id of the event, equal for every attempt and every receiver.</summary>
    public Guid EventId { get; init; }
    public required string EventType { get; init; }
    public long? JobId { get; init; }

    /// <summary>JSON, sent as it is.</summary>
    public required string Body { get; init; }
    public DeliveryStatus Status { get; set; }

    /// <summary>Number of attempts since the delivery was last requested.</summary>
    public int Attempts { get; set; }

    /// <summary>Due time of the next attempt (UTC); while an attempt runs, the expiry of its claim.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>The attempt that runs now; only it may write down what came of it.</summary>
    public Guid? ClaimedBy { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; set; }
    public int? ResponseStatus { get; set; }

    /// <summary>The first bytes of the last answer.</summary>
    public string? ResponseBody { get; set; }

    /// <summary>Seconds the last attempt took.</summary>
    public double? ResponseTime { get; set; }

    /// <summary>Reason for which the last attempt failed, for a person.</summary>
    public string? Error { get; set; }

    /// <summary>All attempts, including those before a redelivery.</summary>
    public ICollection<DeliveryAttempt> Log { get; init; } = [];
}

internal enum DeliveryStatus
{
    /// <summary>Waits for its next attempt, or is being sent.</summary>
    Pending,

    /// <summary>Was answered with 2xx.</summary>
    Delivered,

    /// <summary>Failed as often as it may; sent again only when asked for.</summary>
    DeadLetter,
}
