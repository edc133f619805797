using System.ComponentModel;
using System.Globalization;
using Decant.Server.Info;
using Decant.Server.Mcp.Calls;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Mcp.Tools;

/// <summary><c>look_up</c>: a page's medium, and its price.</summary>
internal sealed class LookUpTool(OwnCalls calls)
    : AgentTool<LookUpArguments, LookUpAnswer>(
        "look_up",
        "Look a page up",
        "Says what video, audio or list is at a web address (YouTube, Vimeo, TikTok, SoundCloud, Spotify and many more, or a media file): title, length, price and, if asked, the formats, subtitles and entries to choose from. Free; downloads nothing.",
        Reads(asksOutside: true)
    )
{
    private const int MostEntries = 50;

    protected override async Task<LookUpAnswer> AnswerAsync(
        LookUpArguments arguments,
        ToolProgress progress,
        CancellationToken cancellationToken
    )
    {
        var info = await calls.CallAsync<InfoResponse>(
            new OwnCall(
                HttpMethods.Post,
                "/api/v1/video/info",
                new { url = arguments.Url, include_formats = arguments.IncludeFormats ?? false }
            ),
            cancellationToken
        );
        return new LookUpAnswer
        {
            Title = info.Title,
            Uploader = info.Uploader,
            Platform = info.Platform,
            Url = info.WebpageUrl.AbsoluteUri,
            Duration = info.Duration,
            IsLive = info.IsLive,
            IsPlaylist = info.IsPlaylist,
            PlaylistCount = info.PlaylistCount,
            EstimatedCredits = info.EstimatedCredits,
            EstimatedUsd = info.EstimatedUsd,
            Options = info.Options?.Select(Show).ToList(),
            Subtitles = info.Subtitles?.Select(one => one.Language + (one.Automatic ? " (automatic)" : "")).ToList(),
            Entries = info.Entries?.Take(MostEntries).Select(LookUpEntry.Of).ToList(),
            Next =
                info.IsPlaylist ? "Call download with playlist_items (such as 1-5,8) for the entries that are wanted."
                : info.IsLive ? "Call download to record it from now on; cancel ends the recording and keeps it."
                : "Call download with this url and the format that is wanted, or transcript for its text.",
        };
    }

    private static string Show(InfoOption option)
    {
        var size = option.FileSize is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Max(0.1, bytes / 1e6):0.#} MB")
            : "";
        return $"{option.Format} {option.Quality}{size}{(option.IsCopy ? ", not encoded again" : "")}";
    }
}

internal sealed record LookUpArguments(
    [property: Description("Address of the page or media file.")] string Url,
    [property: Description("List formats and subtitles too, or the entries of a list. False where nothing is said.")]
        bool? IncludeFormats = null
);

internal sealed record LookUpAnswer
{
    [Description("Title at the source.")]
    public required string Title { get; init; }

    [Description("Name of the uploader.")]
    public string? Uploader { get; init; }

    [Description("Platform, such as youtube.")]
    public required string Platform { get; init; }

    [Description("The page it is on.")]
    public required string Url { get; init; }

    [Description("Seconds; left out where unknown or live.")]
    public double? Duration { get; init; }

    [Description("True for a stream that is on air now.")]
    public required bool IsLive { get; init; }

    [Description("True for a list of media.")]
    public required bool IsPlaylist { get; init; }

    [Description("Number of entries of a list.")]
    public int? PlaylistCount { get; init; }

    [Description("Credits that a download would cost.")]
    public required long EstimatedCredits { get; init; }

    [Description("The same in money, for an API key.")]
    public required string EstimatedUsd { get; init; }

    [Description("Files that download could make: format, quality, size.")]
    public IReadOnlyList<string>? Options { get; init; }

    [Description("Languages of the subtitles.")]
    public IReadOnlyList<string>? Subtitles { get; init; }

    [Description("First entries of a list.")]
    public IReadOnlyList<LookUpEntry>? Entries { get; init; }

    [Description("Advice: the next call.")]
    public required string Next { get; init; }
}

internal sealed record LookUpEntry
{
    [Description("Its place, for playlist_items.")]
    public required int Index { get; init; }

    [Description("Title at the source.")]
    public string? Title { get; init; }

    [Description("Address of its own.")]
    public required string Url { get; init; }

    [Description("Seconds.")]
    public double? Duration { get; init; }

    public static LookUpEntry Of(InfoEntry entry) =>
        new()
        {
            Index = entry.Index,
            Title = entry.Title,
            Url = entry.Url.AbsoluteUri,
            Duration = entry.Duration,
        };
}
