namespace Decant.Server.Jobs;

/// <summary>The end of a job, written in the transaction that ended it: what webhooks tell of.</summary>
internal sealed class JobEvent
{
    public Guid Id { get; init; }
    public long JobId { get; init; }

    /// <summary><c>job.completed</c>, <c>job.failed</c>, <c>job.cancelled</c>.</summary>
    public required string Type { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
