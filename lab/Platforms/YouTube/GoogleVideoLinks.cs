using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>Addresses on YouTube's CDN.</summary>
internal sealed class GoogleVideoLinks(SignedLinks signed)
{
    public string Playback(YouTubeVideo video, Itag itag, MediaFile file)
    {
        var (expires, signature) = signed.Sign($"{video.Id}|{itag.Number}", video.LinkLife);
        var mime = Uri.EscapeDataString(itag.MimeType.Split(';')[0]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://rr1---sn-decantlab.googlevideo.com/videoplayback?expire={expires}&ei=lab&ip=127.0.0.1&id={video.Id}"
                + $"&itag={itag.Number}&source=youtube&requiressl=yes&mime={mime}&clen={file.Length}&dur={file.Duration:0.000}"
                + $"&ratebypass=yes&sparams=expire%2Cid%2Citag&sig={signature}"
        );
    }

    public bool IsGood(string? id, string? itag, string? expires, string? signature) =>
        signed.IsGood($"{id}|{itag}", expires, signature);

    public string LiveManifest(YouTubeVideo video)
    {
        var (expires, signature) = signed.Sign(video.Id, video.LinkLife);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://manifest.googlevideo.com/api/manifest/hls_variant/expire/{expires}/id/{video.Id}/sig/{signature}/file/index.m3u8"
        );
    }
}
