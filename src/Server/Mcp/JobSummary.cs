using System.ComponentModel;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Views;

namespace Decant.Server.Mcp;

/// <summary>A job as an agent needs it: small, with what to do next.</summary>
internal sealed record JobSummary
{
    [Description("Number of the job, for get_link and cancel.")]
    public required long JobId { get; init; }

    [Description("PROCESSING until it has ended; then COMPLETED, FAILED or CANCELLED.")]
    public required JobStatus Status { get; init; }

    [Description("0 to 100.")]
    public required double Progress { get; init; }

    [Description("Stage of its work, such as downloading or converting.")]
    public required JobStage Stage { get; init; }

    [Description("Title of the medium.")]
    public string? Title { get; init; }

    [Description("Address that it was asked for with.")]
    public required string Url { get; init; }

    [Description("Container of the file, such as mp4.")]
    public required string Format { get; init; }

    [Description("Link to the file; needs no credential. Null until it is completed, and when the file has expired.")]
    public string? DownloadUrl { get; init; }

    [Description("End of the link (UTC).")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("Bytes of the file.")]
    public long? FileSize { get; init; }

    [Description("Seconds of the file.")]
    public double? Duration { get; init; }

    [Description("Width and height, such as 1920x1080.")]
    public string? Resolution { get; init; }

    [Description("Subtitles beside the file, as links.")]
    public IReadOnlyList<SubtitleLink>? Subtitles { get; init; }

    [Description("Credits that it cost.")]
    public long? CreditsUsed { get; init; }

    [Description("Reason of a failure: a code and a message.")]
    public JobErrorView? Error { get; init; }

    [Description("Advice: the next call, or the words to tell the user.")]
    public required string Next { get; init; }

    public static JobSummary Of(JobView job) =>
        new()
        {
            JobId = job.Id,
            Status = job.Status,
            Progress = job.Progress,
            Stage = job.Stage,
            Title = job.Title,
            Url = job.Url,
            Format = job.Format,
            DownloadUrl = job.DownloadUrl?.AbsoluteUri,
            ExpiresAt = job.ExpiresAt,
            FileSize = job.FileSize,
            Duration = job.Duration,
            Resolution = job.Resolution,
            Subtitles = job.Subtitles.Any(one => one.Url is not null)
                ?
                [
                    .. job
                        .Subtitles.Where(one => one.Url is not null)
                        .Select(one => new SubtitleLink(one.Language, one.Url!.AbsoluteUri)),
                ]
                : null,
            CreditsUsed = job.Status == JobStatus.Completed ? job.CreditsUsed : null,
            Error = job.Error,
            Next = NextStep.After(job),
        };
}

/// <param name="Language">BCP 47.</param>
/// <param name="Url">Link; needs no credential.</param>
internal sealed record SubtitleLink(string Language, string Url);
