namespace Decant.Server.Jobs;

/// <summary>The end of a job, as webhooks tell of it.</summary>
/// <param name="Id">A UUID of version 7: receivers know by it what they were told before.</param>
/// <param name="JobId">The job, which may be deleted by now.</param>
/// <param name="Type"><c>job.completed</c>, <c>job.failed</c> or <c>job.cancelled</c>.</param>
/// <param name="CreatedAt">The time of the transaction that ended it.</param>
internal sealed record JobEvent(Guid Id, long JobId, string Type, DateTimeOffset CreatedAt);
