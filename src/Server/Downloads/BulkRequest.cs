using Decant.Server.Jobs.Requests;

namespace Decant.Server.Downloads;

/// <summary>Several downloads at once. What stands beside the list applies to every entry that does not say otherwise.</summary>
internal sealed record BulkRequest
{
    /// <summary>Downloads, 1 to 50.</summary>
    public IReadOnlyList<DownloadRequest?>? Downloads { get; init; }

    /// <summary>Name of the preset of every entry that names none.</summary>
    public string? Preset { get; init; }

    /// <summary>Leave the picture away, of every entry that says nothing about it.</summary>
    public bool? AudioOnly { get; init; }

    /// <summary>Make the picture too, of every entry that says nothing about it.</summary>
    public bool? IncludeThumbnail { get; init; }

    /// <summary>The documents use this name as well.</summary>
    public bool? IncludeThumbnails { get; init; }

    /// <summary>Subtitles to deliver with each: an object, or just the language or languages.</summary>
    public SubtitlesRequest? Subtitles { get; init; }

    /// <summary>Webhook URL that is told whenever one of the downloads ends.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Signing secret of the webhook, 16 to 256 visible ASCII characters.</summary>
    public string? WebhookSecret { get; init; }

    public DownloadRequest Complete(DownloadRequest entry) =>
        entry with
        {
            Preset = entry.Preset ?? Preset,
            AudioOnly = entry.AudioOnly ?? AudioOnly,
            IncludeThumbnail = entry.IncludeThumbnail ?? IncludeThumbnail ?? IncludeThumbnails,
            Subtitles = entry.Subtitles ?? Subtitles,
            WebhookUrl = entry.WebhookUrl ?? WebhookUrl,
            // A secret belongs to its address.
            WebhookSecret = entry.WebhookUrl is null ? entry.WebhookSecret ?? WebhookSecret : entry.WebhookSecret,
        };
}
