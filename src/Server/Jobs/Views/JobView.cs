using System.Text.Json.Serialization;
using Decant.Engine.Planning;
using Decant.Server.Jobs.Requests;

namespace Decant.Server.Jobs.Views;

/// <summary>A job on the wire, the same everywhere: the documents' fields, and ours beside them. What is not known (yet) is null.</summary>
internal sealed record JobView
{
    /// <summary>Number of the job.</summary>
    public required long Id { get; init; }

    /// <summary><c>PROCESSING</c> until it has ended.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>0 to 100; never falls.</summary>
    public required double Progress { get; init; }

    /// <summary>Stage of its work.</summary>
    public required JobStage Stage { get; init; }

    /// <summary>Place among all jobs that wait for a worker, whoever sent them (recordings: among recordings); 1 for the next to start. An
    /// estimate: everybody's first job comes before anybody's second, so that later ones may pass. Rounded to two digits from 100 on. Null for
    /// a job that does not wait for its turn, and for the first moment after its acceptance.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>URL as it was asked for.</summary>
    public required string Url { get; init; }

    /// <summary>Platform of the medium, such as <c>youtube</c>; <c>other</c> where it has no name.</summary>
    public required string Platform { get; init; }

    /// <summary>Id of the medium on its platform.</summary>
    public string? VideoId { get; init; }

    /// <summary>The custom title, else the original one.</summary>
    public string? Title { get; init; }

    /// <summary>Title at the source.</summary>
    public string? OriginalTitle { get; init; }

    /// <summary><c>medium</c>, or <c>thumbnail</c> for a job that makes nothing else.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The container that is made (<c>jpg</c> of a thumbnail), which is also the file's extension.</summary>
    public required string Format { get; init; }

    /// <summary>Quality as it was asked for, or the default where nothing was said.</summary>
    public required string Quality { get; init; }

    /// <summary>True where the picture is left away.</summary>
    public required bool AudioOnly { get; init; }

    /// <summary>True where the thumbnail is delivered too.</summary>
    public required bool IncludeThumbnail { get; init; }

    /// <summary>The source formats that were asked for.</summary>
    public string? FormatSelector { get; init; }

    /// <summary>File name that was asked for.</summary>
    public string? OutputFilename { get; init; }

    /// <summary>The part that was asked for; null for the whole.</summary>
    public ClipRequest? Clip { get; init; }

    /// <summary>Beginning of the made clip: at the <c>frame</c> that was asked for or, its picture being copied, at the <c>keyframe</c> before.</summary>
    public CutPoint? CutAt { get; init; }

    /// <summary>The better quality that the source lists and has no more, such as <c>1080p</c>: the file is of the next lower. Left out where the best was had.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FellBackFrom { get; init; }

    /// <summary>Real source of the sound, for a platform that gives none itself (Spotify); left out for all others.</summary>
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

    /// <summary>Announced beginning of the live stream that the job waits for (UTC).</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Reason for which the job is put aside, in <c>stage</c> <c>parked</c>; else null.</summary>
    public ParkedView? Parked { get; init; }

    /// <summary>Time of acceptance (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Start of the first run (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End of the job, of whatever kind (UTC).</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Expiry of the files (UTC); then the links are null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A UUID of the job, so that ids cannot be enumerated.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>The batch it was accepted with.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Place of the medium in its list, from 1.</summary>
    public int? PlaylistIndex { get; init; }

    /// <summary>Title of the list that the job's medium is an entry of.</summary>
    public string? PlaylistTitle { get; init; }

    /// <summary>Number of attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Reason of the failure; null where it did not fail.</summary>
    public JobErrorView? Error { get; init; }

    /// <summary>Absolute, signed link to the file; needs no header.</summary>
    public Uri? DownloadUrl { get; init; }

    /// <summary>The thumbnail: absolute and signed; needs no header.</summary>
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>The subtitles that were delivered; empty until then, and where none were asked for.</summary>
    public IReadOnlyList<SubtitleView> Subtitles { get; init; } = [];

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Seconds of the file that was made.</summary>
    public double? Duration { get; init; }

    /// <summary>Seconds that the page announced, where its files are whole and shorter; null where the page was right, or said nothing.</summary>
    public double? AnnouncedDuration { get; init; }

    /// <summary>Times of the live stream that are missing in the recording, in order; empty where nothing is missing, and for anything else.</summary>
    public IReadOnlyList<JobGap> Gaps { get; init; } = [];

    /// <summary><c>1920x1080</c>; null without a picture.</summary>
    public string? Resolution { get; init; }

    /// <summary>Pictures per second of the file; null without a picture.</summary>
    public double? Fps { get; init; }

    /// <summary>Codec of the file's sound; null without sound.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>Codec of the file's picture; null without a picture.</summary>
    public string? VideoCodec { get; init; }

    /// <summary>Cost of the job in credits, also where a wallet paid; 0 until it is delivered.</summary>
    public required long CreditsUsed { get; init; }

    /// <summary>Amount that the wallet paid; null where it did not.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary><c>credits</c> or <c>wallet</c>; null for public downloads, which cost nothing.</summary>
    public string? BilledTo { get; init; }

    /// <summary>Seconds from acceptance to the end.</summary>
    public double? ProcessingTime { get; init; }

    /// <summary>Token that shows a public job to whoever has it; in the answer to its creation alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; init; }

    /// <summary>Address at which a public job is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? StatusUrl { get; init; }
}

/// <summary>Reason for which a job failed.</summary>
/// <param name="Code">Code of the error table.</param>
/// <param name="Message">Text for a person.</param>
internal sealed record JobErrorView(string Code, string Message);

/// <summary>A job whose platform refuses this server. It goes on by itself, and neither costs anything nor uses an attempt meanwhile.</summary>
/// <param name="Code">Code of the platform's refusal: <c>source_blocked</c> or <c>source_rate_limited</c>.</param>
/// <param name="Message">Text for a person.</param>
/// <param name="Since">Time at which the job was first parked (UTC).</param>
/// <param name="Until">Time by which it is tried again at the latest (UTC).</param>
internal sealed record ParkedView(string Code, string Message, DateTimeOffset Since, DateTimeOffset Until)
{
    public static ParkedView? Of(Job job) =>
        job
            is {
                Status: JobStatus.Processing,
                Stage: JobStage.Parked,
                ParkedCode: { } code,
                ParkedAt: { } since,
                ParkedUntil: { } until
            }
            ? new ParkedView(
                code,
                $"{job.Platform} refuses this server at present; the job goes on by itself, at {until:u} at the latest.",
                since,
                until
            )
            : null;
}

/// <summary>Subtitles that were delivered.</summary>
/// <param name="Language">Language as the source says it (BCP 47).</param>
/// <param name="Format"><c>srt</c> or <c>vtt</c> of a file beside the medium; null inside it.</param>
/// <param name="Automatic">True for text made by a machine: the source has none of people's own in this language.</param>
/// <param name="Url">Absolute, signed link; null inside the medium, and when the file has gone.</param>
internal sealed record SubtitleView(string Language, string? Format, bool Automatic, Uri? Url);
