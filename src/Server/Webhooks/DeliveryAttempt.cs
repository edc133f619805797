namespace Decant.Server.Webhooks;

/// <summary>What came of one attempt at a delivery. Goes with the delivery.</summary>
internal sealed class DeliveryAttempt
{
    /// <summary>Of one delivery at most: who has it sent again and again does not fill the log.</summary>
    public const int MostKept = 50;

    public long Id { get; init; }
    public long DeliveryId { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The answer's; null where there was none.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>Until the answer began, or until it was given up.</summary>
    public int DurationMs { get; init; }

    /// <summary>Why it failed, for a person; null where it did not.</summary>
    public string? Error { get; init; }
}
