using System.ComponentModel;
using System.Text.Json.Nodes;
using Decant.Server.Downloads;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>download</c>: queues a job and waits for its end.</summary>
internal sealed class DownloadTool(OwnCalls calls)
    : AgentTool<DownloadArguments, DownloadToolAnswer>(
        "download",
        "Download a medium",
        "Downloads the video or audio at a web address and makes a file of it: mp4, webm, mkv, mp3, m4a, opus, flac, wav and others, the whole or a part. Waits for the end, with progress, and answers with a link. Costs credits by the minute (look_up says how many). Of a list, answers at once with one job an entry.",
        new ToolAnnotations
        {
            ReadOnlyHint = false,
            DestructiveHint = false,
            IdempotentHint = false,
            OpenWorldHint = true,
        }
    )
{
    protected override async Task<DownloadToolAnswer> AnswerAsync(
        DownloadArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var accepted = await calls.CallAsync<DownloadAnswer>(
            new OwnCall(HttpMethods.Post, "/api/v1/video/download", arguments.ToRequest())
            {
                IdempotencyKey = arguments.IdempotencyKey,
            },
            cancellationToken
        );
        if (accepted.Jobs is { } jobs)
        {
            return new DownloadToolAnswer
            {
                Job = JobSummary.Of(accepted.Job),
                Jobs = [.. jobs.Select(JobSummary.Of)],
                EstimatedCredits = accepted.EstimatedCredits,
                Next =
                    "The jobs of the list are under way. Call get_link with each job_id, or list_jobs to see them all.",
            };
        }

        await progress.TellAsync(accepted.Job, cancellationToken);
        var job = await calls.ForAsync(accepted.Job, arguments.WaitSeconds, progress, cancellationToken);
        return new DownloadToolAnswer
        {
            Job = JobSummary.Of(job),
            EstimatedCredits = accepted.EstimatedCredits,
            Next = NextStep.After(job),
        };
    }
}

internal sealed record DownloadArguments
{
    [Description("Address of the page or media file.")]
    public required string Url { get; init; }

    [Description(
        "Container: mp4, webm, mkv, mov, avi, flv; or sound alone: mp3, m4a, aac, opus, ogg, flac, wav. mp4 where nothing is said."
    )]
    public string? Format { get; init; }

    [Description("144p to 2160p, 4K; or 64kbps to 320kbps for sound; best, worst. best where nothing is said.")]
    public string? Quality { get; init; }

    [Description("Leave the picture away.")]
    public bool? AudioOnly { get; init; }

    [Description("Beginning of the part that is wanted: seconds, or hh:mm:ss.")]
    public string? Start { get; init; }

    [Description("End of the part that is wanted: seconds, or hh:mm:ss.")]
    public string? End { get; init; }

    [Description("Languages of subtitles to deliver too, such as en or en,de.")]
    public string? Subtitles { get; init; }

    [Description("Entries of a list, such as 1-5,8; the first 50 where nothing is said.")]
    public string? PlaylistItems { get; init; }

    [Description("Name of the file, without its extension.")]
    public string? OutputFilename { get; init; }

    [Description("Seconds to record of a live stream.")]
    public double? MaxDuration { get; init; }

    [Description(JobWait.Description)]
    public int? WaitSeconds { get; init; }

    [Description(
        "A text of your own that names this request: calling again with it gives the first job, and pays once."
    )]
    public string? IdempotencyKey { get; init; }

    /// <summary>The request's body; what was not said is not in it.</summary>
    public JsonObject ToRequest()
    {
        var request = new JsonObject { ["url"] = Url };
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                request[name] = value;
            }
        }

        Add("format", Format);
        Add("quality", Quality);
        Add("audio_only", AudioOnly);
        Add("subtitles", Subtitles);
        Add("playlist_items", PlaylistItems);
        Add("output_filename", OutputFilename);
        Add("max_duration", MaxDuration);
        if (Start is not null || End is not null)
        {
            request["clip"] = new JsonObject { ["start"] = Start, ["end"] = End };
        }

        return request;
    }
}

internal sealed record DownloadToolAnswer
{
    [Description("The job; of a list, the first one.")]
    public required JobSummary Job { get; init; }

    [Description("Of a list: a job for each entry.")]
    public IReadOnlyList<JobSummary>? Jobs { get; init; }

    [Description("Credits that were held for it.")]
    public required long EstimatedCredits { get; init; }

    [Description("Advice: the next call, or the words to tell the user.")]
    public required string Next { get; init; }
}
