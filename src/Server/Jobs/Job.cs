using System.Text.Json.Serialization;
using Decant.Engine.Planning;
using Decant.Server.Jobs.Requests;
using Decant.Server.Money;

namespace Decant.Server.Jobs;

/// <summary>An accepted download until it ends.</summary>
internal sealed class Job
{
    public long Id { get; init; }

    /// <summary>The documents' <c>task_id</c>.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Account that owns the job; null for a public download.</summary>
    public long? AccountId { get; init; }
    public Guid? BatchId { get; init; }
    public int? PlaylistIndex { get; init; }

    /// <summary>Title of the list it was found in.</summary>
    public string? PlaylistTitle { get; init; }

    /// <summary>SHA-256 of a public job's access token.</summary>
    public string? AccessTokenHash { get; init; }

    public required string Url { get; init; }
    public required string Platform { get; init; }
    public string? VideoId { get; set; }
    public string? OriginalTitle { get; set; }
    public string? CustomTitle { get; set; }

    /// <summary>Title that the job is shown under.</summary>
    public string? Title => CustomTitle ?? OriginalTitle;

    /// <summary>Kind of file that is made.</summary>
    public JobKind Kind { get; init; }

    /// <summary>The container that is made (<c>m4a</c> although <c>mp4</c> with <c>audio_only</c> was asked for); <c>jpg</c> of a thumbnail.</summary>
    public required string Format { get; init; }

    /// <summary>The request's own words, kept to be shown and run again.</summary>
    public required JobRequest Request { get; init; }
    public double? EstimatedDuration { get; init; }

    /// <summary>Length of what is to be delivered, as it was announced when the job was accepted.</summary>
    public TimeSpan? AnnouncedLength => EstimatedDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public JobStatus Status { get; set; }
    public JobStage Stage { get; set; }

    /// <summary>0 to 100; never falls.</summary>
    public double Progress { get; set; }
    public int Attempts { get; set; }

    /// <summary>Bytes received by the present attempt.</summary>
    public long? BytesFetched { get; set; }

    /// <summary>Seconds of a live stream that are on the disk; null for anything else, and until there are any.</summary>
    public double? RecordedSeconds { get; set; }

    /// <summary>Announced beginning of a live stream that is waited for (UTC).</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>Since when its platform has refused it, without another answer between.</summary>
    public DateTimeOffset? ParkedAt { get; set; }

    /// <summary>Time until which the job was parked last.</summary>
    public DateTimeOffset? ParkedUntil { get; set; }

    /// <summary>Refusal of its platform then: <c>source_blocked</c> or <c>source_rate_limited</c>.</summary>
    public string? ParkedCode { get; set; }

    /// <summary>Firing of the queue that owns the job now; a run that lost it can change nothing, and one the queue no longer knows is dead.</summary>
    public string? RunId { get; set; }
    public bool CancelRequested { get; set; }

    public Purse? BilledTo { get; set; }

    /// <summary>Credits or cents still held; 0 once settled or released.</summary>
    public long Held { get; set; }
    public long? CreditsUsed { get; set; }
    public long? CentsUsed { get; set; }

    public string? ErrorCode { get; set; }
    public string? ErrorMessage { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Expiry of the files (UTC).</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Files that were made; null until then.</summary>
    public JobFiles? Files { get; set; }

    /// <summary>Removal of the files (UTC); the record of them stays.</summary>
    public DateTimeOffset? FilesRemovedAt { get; set; }

    /// <summary>Files that can be fetched now.</summary>
    public JobFiles? KeptFiles => FilesRemovedAt is null ? Files : null;

    /// <summary>Bytes of what was asked for.</summary>
    public long? FileSize { get; set; }
    public double? Duration { get; set; }
    public string? Resolution { get; set; }
    public double? Fps { get; set; }
    public string? AudioCodec { get; set; }
    public string? VideoCodec { get; set; }
}

internal enum JobKind
{
    /// <summary>A medium, and what was asked for beside it.</summary>
    Medium,

    /// <summary>A medium's thumbnail alone.</summary>
    Thumbnail,
}

internal enum JobStatus
{
    [JsonStringEnumMemberName("PROCESSING")]
    Processing,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("FAILED")]
    Failed,

    [JsonStringEnumMemberName("CANCELLED")]
    Cancelled,
}

internal enum JobStage
{
    Queued,

    /// <summary>Waiting for a live stream that has yet to begin.</summary>
    Waiting,

    /// <summary>Parked until its platform, which refuses this server, is asked again.</summary>
    Parked,
    Resolving,
    Recording,
    Downloading,
    Converting,
    Storing,
    Done,
}
