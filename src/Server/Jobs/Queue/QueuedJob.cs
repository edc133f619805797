using System.Diagnostics;

namespace Decant.Server.Jobs.Queue;

/// <summary>Input of a firing of the queue.</summary>
/// <param name="JobId">The job to run.</param>
/// <param name="Group">Group whose share of the workers the job counts against.</param>
/// <param name="Retry">Number of times that the job's source has failed in passing until now.</param>
internal sealed record QueuedJob(long JobId, string Group, int Retry = 0)
{
    /// <summary>Start of the names of the shares that accounts have.</summary>
    public const string AccountGroups = "account:";

    /// <summary>The one share of all public jobs.</summary>
    public const string PublicGroup = "public";

    public bool IsPublic => Group == PublicGroup;

    /// <summary>Whether it runs in the pool of recordings.</summary>
    public bool IsRecording { get; init; }

    /// <summary>W3C <c>traceparent</c> of the request that it came from; null where nobody knows it any more.</summary>
    public string? Trace { get; init; }

    public static QueuedJob Of(Job job) =>
        new(job.Id, job.AccountId is { } id ? $"{AccountGroups}{id}" : PublicGroup)
        {
            IsRecording = job.Request.Recording is not null,
            Trace = Activity.Current?.Id,
        };
}
