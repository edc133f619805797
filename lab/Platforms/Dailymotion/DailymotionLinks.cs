using System.Globalization;

namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>Addresses on Dailymotion's CDN.</summary>
internal sealed class DailymotionLinks(SignedLinks signed)
{
    private static readonly string[] Heights = ["60", "120", "240", "360", "480", "720", "1080"];

    public string Manifest(DailymotionVideo video)
    {
        var (expires, signature) = signed.Sign(video.Id, SignedLinks.Life);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://cdndirector.dailymotion.com/cdn/manifest/video/{video.Id}.m3u8?sec={signature}&exp={expires}&dmTs=lab"
        );
    }

    /// <summary>The link to a rendition carries the manifest's signature in its path.</summary>
    public string Rendition(DailymotionVideo video, string name)
    {
        var (expires, signature) = signed.Sign(video.Id, SignedLinks.Life);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"https://vod.cf.dmcdn.net/sec2({signature})/{expires}/{video.Id}/{name}/index.m3u8#cell=lab"
        );
    }

    public bool IsGood(string id, string? expires, string? signature) => signed.IsGood(id, expires, signature);

    public static IReadOnlyDictionary<string, string> Posters(DailymotionVideo video) =>
        Heights.ToDictionary(
            height => height,
            height => $"https://s1.dmcdn.net/v/{video.Id}/x{height}",
            StringComparer.Ordinal
        );
}
