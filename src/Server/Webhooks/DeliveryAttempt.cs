namespace Decant.Server.Webhooks;

/// <summary>An attempt of a delivery and its outcome; removed with the delivery.</summary>
internal sealed class DeliveryAttempt
{
    /// <summary>Greatest number of attempts kept for a delivery, so that redelivery cannot fill the log.</summary>
    public const int MostKept = 50;

    public long Id { get; init; }
    public long DeliveryId { get; init; }

    /// <summary>End of the attempt (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The answer's; null where there was none.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Time until the answer began, or until the attempt was given up.</summary>
    public int DurationMs { get; init; }

    /// <summary>Reason of the failure, for a person; null where it did not fail.</summary>
    public string? Error { get; init; }
}
