using Decant.Engine.Errors;
using Decant.Server.Errors;
using Decant.Server.Info;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Requests;
using Decant.Server.Presets;
using Decant.Server.Webhooks;

namespace Decant.Server.Downloads;

/// <summary>Reads downloads: whatever is wrong with a request in itself is found here, before anything is looked up.</summary>
internal sealed class DownloadReading(MediaLimits limits, OneOffWebhooks webhooks, PresetBook presets)
{
    private const int LongestFileName = 255;

    /// <param name="request">The request.</param>
    /// <param name="account">Account whose presets count; null for a stranger, within the public limits.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <inheritdoc cref="Read(DownloadRequest, PresetPage, bool)"/>
    public async Task<Download> ReadAsync(
        DownloadRequest request,
        long? account,
        CancellationToken cancellationToken
    ) =>
        Read(request, await presets.OpenAsync(account, [request.Preset], cancellationToken), isPublic: account is null);

    /// <returns>The account's presets that the entries of a bulk request name.</returns>
    public Task<PresetPage> PresetsOfAsync(BulkRequest request, long account, CancellationToken cancellationToken) =>
        presets.OpenAsync(
            account,
            [request.Preset, .. (request.Downloads ?? []).Select(entry => entry?.Preset)],
            cancellationToken
        );

    /// <exception cref="MediaException"><c>invalid_request</c>, <c>invalid_url</c>, <c>unknown_format</c>.</exception>
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public Download Read(DownloadRequest request, PresetPage named, bool isPublic) =>
        Read(request.Preset is { } name ? request.Over(named.Find(name)) : request, isPublic);

    private Download Read(DownloadRequest request, bool isPublic)
    {
        var words = request.ToWords() with
        {
            Webhook = webhooks.Read(request.WebhookUrl, request.WebhookSecret, isPublic),
        };
        EnsureFileName(words.OutputFilename);
        var output = limits.Output(words, isPublic);
        var recording = request.ToRecording(limits.RecordingLength(request.MaxDuration, isPublic));
        var entries = EntryPick.Parse(request.PlaylistItems, "playlist_items");
        // Last, because a URL that is none spoils one entry of a bulk request, and a contradiction all of it.
        var url = MediaUrl.Parse(request.Url);
        return new Download(request.Url!.Trim(), url, words, output, entries, recording);
    }

    /// <exception cref="MediaException"><c>invalid_url</c>.</exception>
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static Download Read(ThumbnailRequest request)
    {
        EnsureFileName(request.OutputFilename);
        return new Download(
            request.Url?.Trim() ?? "",
            MediaUrl.Parse(request.Url),
            new JobRequest { OutputFilename = request.OutputFilename },
            Output: null,
            EntryPick.Parse(request.PlaylistItems, "playlist_items"),
            Recording: null
        );
    }

    private static void EnsureFileName(string? name)
    {
        if (name?.Length > LongestFileName)
        {
            throw ApiException.Invalid(
                "output_filename",
                $"The output_filename has {name.Length} characters; {LongestFileName} are allowed."
            );
        }

        // PostgreSQL holds none, and no node should take what another refuses.
        if (name?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw ApiException.Invalid("output_filename", "The output_filename has the character NUL in it.");
        }
    }
}
