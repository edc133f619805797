using System.Text.Json.Serialization;

namespace Decant.Client;

/// <summary>A job: an accepted download, as the server shows it. Unknown fields are null.</summary>
public sealed record Job
{
    /// <summary>Number of the job.</summary>
    public required long Id { get; init; }

    /// <summary>Status: under way, or how it ended.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Percent, 0 to 100; never falls.</summary>
    public required double Progress { get; init; }

    /// <summary><c>queued</c>, <c>waiting</c>, <c>parked</c> (its platform refuses the server for now), <c>resolving</c>, <c>recording</c>, <c>downloading</c>, <c>converting</c>, <c>storing</c> or <c>done</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Place among all jobs that wait for a worker of the server, 1 for the next to start; an estimate. Null for a job that does not wait for its turn.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Address of the medium.</summary>
    public required string Url { get; init; }

    /// <summary>Platform of the URL, such as <c>youtube</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The platform's own name for the medium.</summary>
    public string? VideoId { get; init; }

    /// <summary>The custom title, else the original one.</summary>
    public string? Title { get; init; }

    /// <summary>The container that is made, which is also the file's extension.</summary>
    public required string Format { get; init; }

    /// <summary>Requested quality, such as <c>720p</c>; <c>best</c> where none was named.</summary>
    public required string Quality { get; init; }

    /// <summary>Sound without a picture.</summary>
    public bool AudioOnly { get; init; }

    /// <summary>Seconds, as the source announces them.</summary>
    public double? EstimatedDuration { get; init; }

    /// <summary>Bytes that the server has received by its present attempt.</summary>
    public long? BytesFetched { get; init; }

    /// <summary>Seconds of a live stream that are recorded until now.</summary>
    public double? RecordedSeconds { get; init; }

    /// <summary>Announced start (UTC) of the live stream that is waited for.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Time of acceptance (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Start of its first run (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End (UTC).</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Expiry of its files (UTC).</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The batch that it was accepted with.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Place of the medium in the list that it is an entry of, from 1.</summary>
    public int? PlaylistIndex { get; init; }

    /// <summary>Reason of the failure.</summary>
    public JobError? Error { get; init; }

    /// <summary>The file: absolute and signed, needs no credential. Null until there is one, and when it has gone.</summary>
    public Uri? DownloadUrl { get; init; }

    /// <summary>The thumbnail, where one was asked for.</summary>
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>The subtitles that were delivered.</summary>
    public IReadOnlyList<Subtitle> Subtitles { get; init; } = [];

    /// <summary>Bytes of the file.</summary>
    public long? FileSize { get; init; }

    /// <summary>Seconds of the file.</summary>
    public double? Duration { get; init; }

    /// <summary>Seconds that the page announced, where its files are whole and shorter.</summary>
    public double? AnnouncedDuration { get; init; }

    /// <summary>Times of a live stream that are missing in its recording.</summary>
    public IReadOnlyList<RecordingGap> Gaps { get; init; } = [];

    /// <summary>Size of the picture, such as <c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution { get; init; }

    /// <summary>Codec of the sound in ffmpeg's words, such as <c>aac</c>.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Codec of the picture in ffmpeg's words, such as <c>h264</c>; null without a picture.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Price in credits, also where a wallet paid; 0 until it is delivered.</summary>
    public long CreditsUsed { get; init; }

    /// <summary>Amount that the API wallet paid; null where it did not pay.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True once nothing happens to the job any more.</summary>
    [JsonIgnore]
    public bool HasEnded => Status != JobStatus.Processing;
}

/// <summary>Status of a job.</summary>
public enum JobStatus
{
    /// <summary>Queued or under way.</summary>
    [JsonStringEnumMemberName("PROCESSING")]
    Processing,

    /// <summary>The job's file can be fetched.</summary>
    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    /// <summary>The job came to nothing, and cost nothing.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed,

    /// <summary>The job was stopped, and cost nothing.</summary>
    [JsonStringEnumMemberName("CANCELLED")]
    Cancelled,
}

/// <summary>Reason for which a job failed.</summary>
/// <param name="Code">Stable, of the server's table.</param>
/// <param name="Message">Text for a person.</param>
public sealed record JobError(string Code, string Message);

/// <summary>Subtitles that a job delivered.</summary>
/// <param name="Language">Language (BCP 47), as the source says it.</param>
/// <param name="Format"><c>srt</c> or <c>vtt</c> of a file of their own; null inside the medium.</param>
/// <param name="Automatic">True for text made by a machine.</param>
/// <param name="Url">Absolute, signed link; null inside the medium.</param>
public sealed record Subtitle(string Language, string? Format, bool Automatic, Uri? Url);

/// <summary>A time of a live stream that is missing in its recording.</summary>
/// <param name="Start">Beginning of the gap, in seconds from the beginning of the file.</param>
/// <param name="Duration">Length of the gap in seconds, about; null where nobody can tell.</param>
public sealed record RecordingGap(double Start, double? Duration);
