namespace Decant.Server.Webhooks;

/// <summary>One event for one receiver, written with the event and kept as the log of what became of it.</summary>
internal sealed class WebhookDelivery
{
    public long Id { get; init; }
    public long AccountId { get; init; }

    /// <summary>Null for the <c>webhook_url</c> of a single download.</summary>
    public long? EndpointId { get; init; }

    /// <summary>Where a delivery without an endpoint goes.</summary>
    public string? Url { get; init; }

    /// <summary>What a delivery without an endpoint is signed with, encrypted; null: it is not signed.</summary>
    public string? Secret { get; init; }

    /// <summary>What it queues in: one receiver's deliveries never keep another's waiting.</summary>
    public required string Lane { get; init; }

    /// <summary>The same for every attempt and every receiver of the event.</summary>
    public Guid EventId { get; init; }
    public required string EventType { get; init; }
    public long? JobId { get; init; }

    /// <summary>JSON, sent as it is.</summary>
    public required string Body { get; init; }
    public DeliveryStatus Status { get; set; }

    /// <summary>How many there were since it was last asked for.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is due; while an attempt runs, when that attempt counts as dead.</summary>
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

    /// <summary>Why the last attempt failed, for a person.</summary>
    public string? Error { get; set; }

    /// <summary>What came of every attempt, also of those before it was asked for again.</summary>
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
