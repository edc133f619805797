using System.Text.Json.Nodes;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The list of source formats. Every size and length in it is that of the real file behind the link.</summary>
internal sealed class StreamingData(MediaCatalogue catalogue, GoogleVideoLinks links)
{
    /// <param name="client">
    /// Who asks. A browser is given formats without addresses, for the site streams to it in another way; a television ones that only
    /// the player's script can complete; an app plain ones.
    /// </param>
    public async Task<JsonNode> ForAsync(YouTubeVideo video, string client, CancellationToken cancellationToken)
    {
        var withLinks = client != "WEB";
        var life = (int)video.LinkLife.TotalSeconds;
        if (video.Standing == Standing.Live)
        {
            return Json.Node(
                new
                {
                    expiresInSeconds = $"{life}",
                    hlsManifestUrl = withLinks ? links.LiveManifest(video) : null,
                    adaptiveFormats = withLinks ? Itag.OnAir.Select(itag => LiveFormat(video, itag)) : null,
                }
            );
        }

        var adaptive = await Task.WhenAll(
            (
                video.WantsScript && client is not ("WEB" or GoogleVideoLinks.Scripted) ? [] : Itag.AdaptiveOf(video)
            ).Select(itag => FormatAsync(video, itag, client, cancellationToken))
        );
        return Json.Node(
            new
            {
                expiresInSeconds = $"{life}",
                formats = new[] { await FormatAsync(video, Itag.Progressive, client, cancellationToken) },
                adaptiveFormats = adaptive,
                licenseInfos = video.Standing == Standing.Drm ? new[] { new { drmFamily = "WIDEVINE" } } : null,
            }
        );
    }

    private object LiveFormat(YouTubeVideo video, Itag itag) =>
        new
        {
            itag = itag.Number,
            url = links.LiveFragments(video, itag),
            mimeType = itag.MimeType,
            bitrate = itag.IsAudio ? 130_000 : 250_000,
            width = itag.IsAudio ? (int?)null : 426,
            height = itag.IsAudio ? (int?)null : 240,
            fps = itag.IsAudio ? (int?)null : 25,
            quality = itag.IsAudio ? "tiny" : itag.Quality,
            qualityLabel = itag.Label,
            audioQuality = itag.IsAudio ? itag.Quality : null,
            targetDurationSec = 1,
        };

    private async Task<object> FormatAsync(
        YouTubeVideo video,
        Itag itag,
        string client,
        CancellationToken cancellationToken
    )
    {
        var file = await catalogue.GetAsync(itag.ClipOf(video), cancellationToken);
        var bitrate = (long)(file.Length * 8 / file.Duration!.Value);
        return new
        {
            itag = itag.Number,
            url = client is "WEB" or GoogleVideoLinks.Scripted ? null : links.Playback(video, itag, file),
            signatureCipher = client == GoogleVideoLinks.Scripted ? links.Ciphered(video, itag, file) : null,
            mimeType = itag.MimeType,
            bitrate,
            averageBitrate = bitrate,
            width = file.Width,
            height = file.Height,
            fps = itag.IsAudio ? (int?)null : 25,
            quality = itag.IsAudio ? "tiny" : itag.Quality,
            qualityLabel = itag.Label,
            audioQuality = itag.IsAudio ? itag.Quality : null,
            audioSampleRate = file.AudioCodec is null ? null : "48000",
            audioChannels = file.AudioCodec is null ? (int?)null : 2,
            contentLength = $"{file.Length}",
            approxDurationMs = $"{(long)(file.Duration.Value * 1000)}",
            lastModified = "1700000000000000",
            drmFamilies = video.Standing == Standing.Drm ? new[] { "WIDEVINE" } : null,
        };
    }
}
