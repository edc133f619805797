using System.Text.Json.Nodes;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>The list of source formats. Every size and length in it is that of the real file behind the link.</summary>
internal sealed class StreamingData(MediaCatalogue catalogue, GoogleVideoLinks links)
{
    /// <param name="withLinks">False leaves the formats without addresses, as the site does for browsers.</param>
    public async Task<JsonNode> ForAsync(YouTubeVideo video, bool withLinks, CancellationToken cancellationToken)
    {
        var life = (int)video.LinkLife.TotalSeconds;
        if (video.Standing == Standing.Live)
        {
            return Json.Node(
                new { expiresInSeconds = $"{life}", hlsManifestUrl = withLinks ? links.LiveManifest(video) : null }
            );
        }

        var adaptive = await Task.WhenAll(
            Itag.AdaptiveOf(video).Select(itag => FormatAsync(video, itag, withLinks, cancellationToken))
        );
        return Json.Node(
            new
            {
                expiresInSeconds = $"{life}",
                formats = new[] { await FormatAsync(video, Itag.Progressive, withLinks, cancellationToken) },
                adaptiveFormats = adaptive,
                licenseInfos = video.Standing == Standing.Drm ? new[] { new { drmFamily = "WIDEVINE" } } : null,
            }
        );
    }

    private async Task<object> FormatAsync(
        YouTubeVideo video,
        Itag itag,
        bool withLinks,
        CancellationToken cancellationToken
    )
    {
        var file = await catalogue.GetAsync(itag.ClipOf(video), cancellationToken);
        var bitrate = (long)(file.Length * 8 / file.Duration!.Value);
        return new
        {
            itag = itag.Number,
            url = withLinks ? links.Playback(video, itag, file) : null,
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
