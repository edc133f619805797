using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>Addresses on YouTube's CDN.</summary>
internal sealed class GoogleVideoLinks(SignedLinks signed)
{
    /// <summary>The client whose player has a script: a television's.</summary>
    public const string Scripted = "TVHTML5";

    public string Playback(YouTubeVideo video, Itag itag, MediaFile file)
    {
        var (expires, signature) = signed.Sign($"{video.Id}|{itag.Number}", video.LinkLife);
        return $"{Address(video, itag, file, expires)}&sig={signature}";
    }

    /// <summary>What is put together by the player's script alone: <c>s</c> is the signature scrambled, and <c>n</c> in the address wants an answer.</summary>
    public string Ciphered(YouTubeVideo video, Itag itag, MediaFile file)
    {
        var (expires, signature) = signed.Sign($"{video.Id}|{itag.Number}|{Scripted}", video.LinkLife);
        var address = $"{Address(video, itag, file, expires)}&c={Scripted}&n={Challenge(signature)}";
        return $"s={PlayerScript.Scramble(signature)}&sp=sig&url={Uri.EscapeDataString(address)}";
    }

    public bool IsGood(IQueryCollection query)
    {
        var (what, signature) = ($"{query["id"]}|{query["itag"]}", query["sig"].ToString());
        // The site slows a link with the wrong n down to less than a film needs, or refuses it. The lab does not dawdle.
        return query["c"].ToString() is { Length: > 0 } client
            ? signed.IsGood($"{what}|{client}", query["expire"], signature)
                && query["n"] == PlayerScript.Answer(Challenge(signature))
            : signed.IsGood(what, query["expire"], signature);
    }

    private static string Challenge(string signature) => signature[^15..];

    private static string Address(YouTubeVideo video, Itag itag, MediaFile file, long expires) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"https://rr1---sn-decantlab.googlevideo.com/videoplayback?expire={expires}&ei=lab&ip=127.0.0.1&id={video.Id}"
                + $"&itag={itag.Number}&source=youtube&requiressl=yes&mime={Uri.EscapeDataString(itag.MimeType.Split(';')[0])}"
                + $"&clen={file.Length}&dur={file.Duration:0.000}&ratebypass=yes&sparams=expire%2Cid%2Citag"
        );

    /// <summary>A stream's fragments since its beginning, to be asked for with <c>&amp;sq=N</c>.</summary>
    public string LiveFragments(YouTubeVideo video, Itag itag)
    {
        var (expires, signature) = signed.Sign($"{video.Id}|{itag.Number}", video.LinkLife);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://rr1---sn-decantlab.googlevideo.com/videoplayback?expire={expires}&id={video.Id}&itag={itag.Number}"
                + $"&source=yt_live_broadcast&live=1&sig={signature}"
        );
    }

    public string LiveManifest(YouTubeVideo video)
    {
        var (expires, signature) = signed.Sign(video.Id, video.LinkLife);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://manifest.googlevideo.com/api/manifest/hls_variant/expire/{expires}/id/{video.Id}/sig/{signature}/file/index.m3u8"
        );
    }
}
