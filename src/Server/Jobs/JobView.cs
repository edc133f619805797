using System.Text.Json.Serialization;
using Decant.Engine.Planning;
using Decant.Server.Downloads;

namespace Decant.Server.Jobs;

/// <summary>A job on the wire, the same everywhere: the documents' fields, and ours beside them. What is not known (yet) is null.</summary>
internal sealed record JobView
{
    public required long Id { get; init; }
    public required JobStatus Status { get; init; }

    /// <summary>0 to 100; never falls.</summary>
    public required double Progress { get; init; }
    public required JobStage Stage { get; init; }
    public required string Url { get; init; }
    public required string Platform { get; init; }
    public string? VideoId { get; init; }

    /// <summary>The custom title, else the original one.</summary>
    public string? Title { get; init; }
    public string? OriginalTitle { get; init; }

    /// <summary><c>medium</c>, or <c>thumbnail</c> for a job that makes nothing else.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The container that is made (<c>jpg</c> of a thumbnail), which is also the file's extension.</summary>
    public required string Format { get; init; }
    public required string Quality { get; init; }
    public required bool AudioOnly { get; init; }
    public required bool IncludeThumbnail { get; init; }
    public string? FormatSelector { get; init; }
    public string? OutputFilename { get; init; }

    /// <summary>The part that was asked for; null for the whole.</summary>
    public ClipRequest? Clip { get; init; }

    /// <summary>Where the made clip begins: at the <c>frame</c> that was asked for or, its picture being copied, at the <c>keyframe</c> before.</summary>
    public CutPoint? CutAt { get; init; }

    /// <summary>Where the sound is really from, for a platform that gives none itself (Spotify); left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Matched? Matched { get; init; }

    /// <summary>Seconds, as the source announces them.</summary>
    public double? EstimatedDuration { get; init; }

    /// <summary>Bytes received by the present attempt.</summary>
    public long? BytesFetched { get; init; }

    /// <summary>Seconds of the live stream that are on the disk until now; null for anything else.</summary>
    public double? RecordedSeconds { get; init; }

    /// <summary>Seconds of the live stream that are recorded at most; null for anything else.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>When the live stream that the job waits for is to begin.</summary>
    public DateTimeOffset? StartsAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the files go; then the links are null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public required Guid TaskId { get; init; }
    public Guid? BatchId { get; init; }
    public int? PlaylistIndex { get; init; }

    /// <summary>Title of the list that the job's medium is an entry of.</summary>
    public string? PlaylistTitle { get; init; }
    public required int Attempts { get; init; }
    public JobErrorView? Error { get; init; }

    /// <summary>Absolute and signed; needs no header.</summary>
    public Uri? DownloadUrl { get; init; }
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>The subtitles that were delivered; empty until then, and where none were asked for.</summary>
    public IReadOnlyList<SubtitleView> Subtitles { get; init; } = [];

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Seconds of the file that was made.</summary>
    public double? Duration { get; init; }

    /// <summary><c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution { get; init; }
    public double? Fps { get; init; }
    public string? AudioCodec { get; init; }
    public string? VideoCodec { get; init; }

    /// <summary>What the job cost in credits, also where a wallet paid; 0 until it is delivered.</summary>
    public required long CreditsUsed { get; init; }

    /// <summary>What the wallet paid; null where it did not.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary><c>credits</c> or <c>wallet</c>; null for public downloads, which cost nothing.</summary>
    public string? BilledTo { get; init; }

    /// <summary>Seconds from acceptance to the end.</summary>
    public double? ProcessingTime { get; init; }

    /// <summary>Shows a public job to whoever has it; in the answer to its creation alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; init; }

    /// <summary>Where a public job is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? StatusUrl { get; init; }
}

/// <param name="Code">In the words of the error table.</param>
/// <param name="Message">For a person.</param>
internal sealed record JobErrorView(string Code, string Message);

/// <summary>Subtitles that were delivered.</summary>
/// <param name="Language">As the source says it (BCP 47).</param>
/// <param name="Format"><c>srt</c> or <c>vtt</c> of a file beside the medium; null inside it.</param>
/// <param name="Automatic">Made by a machine: the source has none of people's own in this language.</param>
/// <param name="Url">Absolute and signed; null inside the medium, and when the file has gone.</param>
internal sealed record SubtitleView(string Language, string? Format, bool Automatic, Uri? Url);
