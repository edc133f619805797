using Decant.Engine.Planning;
using Decant.Server.Files;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Requests;
using Decant.Server.Money;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Jobs.Views;

/// <summary>Shows jobs: the one mapping from the row to the wire.</summary>
internal sealed class JobViews(FileLinks links, PublicOrigin origin, QueuePlaces places)
{
    public JobView Show(Job job, HttpRequest request) => Show(job, origin.Of(request));

    /// <param name="job">The job.</param>
    /// <param name="at">Address that its links begin with.</param>
    public JobView Show(Job job, string at) =>
        new()
        {
            Id = job.Id,
            Status = job.Status,
            Progress = job.Progress,
            Stage = job.Stage,
            QueuePosition = places.Of(job),
            Url = job.Url,
            Platform = job.Platform,
            VideoId = job.VideoId,
            Title = job.Title,
            OriginalTitle = job.OriginalTitle,
            Format = job.Format,
            Quality = string.IsNullOrWhiteSpace(job.Request.Quality) ? "best" : job.Request.Quality,
            Kind = job.Kind,
            AudioOnly = Container.TryParse(job.Format, out var container) && container.IsAudio,
            IncludeThumbnail = job.Request.IncludeThumbnail,
            FormatSelector = job.Request.FormatSelector,
            OutputFilename = job.Request.OutputFilename,
            Clip = job.Request.Clip,
            CutAt = job.Request.CutAt,
            FellBackFrom = job.Request.FellBackFrom,
            Matched = job.Request.Matched,
            EstimatedDuration = job.EstimatedDuration,
            BytesFetched = job.BytesFetched,
            RecordedSeconds = job.RecordedSeconds,
            MaxDuration = job.Request.Recording?.MaxDuration,
            StartsAt = job.StartsAt,
            Parked = ParkedView.Of(job),
            CreatedAt = job.CreatedAt,
            StartedAt = job.StartedAt,
            CompletedAt = job.CompletedAt,
            ExpiresAt = job.ExpiresAt,
            TaskId = job.TaskId,
            BatchId = job.BatchId,
            PlaylistIndex = job.PlaylistIndex,
            PlaylistTitle = job.PlaylistTitle,
            Attempts = job.Attempts,
            Error = job.ErrorCode is { } code ? new JobErrorView(code, job.ErrorMessage ?? "") : null,
            DownloadUrl = links.ToProduct(job, at),
            ThumbnailUrl = links.ToThumbnail(job, at),
            Subtitles = SubtitlesOf(job, at),
            FileSize = job.FileSize,
            Duration = job.Duration,
            AnnouncedDuration = job.Files?.AnnouncedDuration,
            Gaps = job.Files?.Gaps ?? [],
            Resolution = job.Resolution,
            Fps = job.Fps,
            AudioCodec = job.AudioCodec,
            VideoCodec = job.VideoCodec,
            CreditsUsed = job.CreditsUsed ?? 0,
            CostUsd = job.CentsUsed / 100m,
            BilledTo = job.BilledTo switch
            {
                Purse.Credits => "credits",
                Purse.Wallet => "wallet",
                _ => null,
            },
            ProcessingTime = job.CompletedAt is { } end ? Math.Round((end - job.CreatedAt).TotalSeconds, 3) : null,
        };

    private IReadOnlyList<SubtitleView> SubtitlesOf(Job job, string at) =>
        job.Files is not { } files
            ? []
            :
            [
                .. files.Embedded.Select(one => new SubtitleView(one.Language, null, one.IsAutomatic, null)),
                .. files.Subtitles.Select(file => new SubtitleView(
                    file.Language!,
                    file.Extension,
                    file.IsAutomatic,
                    links.To(job, file, at)
                )),
            ];

    /// <summary>A public job as the one who made it sees it: with the token that shows it again.</summary>
    public JobView ShowPublic(Job job, HttpRequest request, string accessToken) =>
        Show(job, request) with
        {
            AccessToken = accessToken,
            StatusUrl = new Uri($"{origin.Of(request)}/api/v1/video/public/jobs/{job.Id}?token={accessToken}"),
        };
}
