namespace Decant.Engine.Sources;

/// <summary>Platforms by extractor and by domain.</summary>
internal static class Platforms
{
    private static readonly (string Prefix, Platform Platform)[] ByExtractor =
    [
        ("Youtube", Platform.YouTube),
        ("TikTok", Platform.TikTok),
        ("Instagram", Platform.Instagram),
        ("Vimeo", Platform.Vimeo),
        ("Spotify", Platform.Spotify),
        ("Twitter", Platform.Twitter),
        ("Facebook", Platform.Facebook),
        ("Twitch", Platform.Twitch),
        ("Dailymotion", Platform.Dailymotion),
        ("Soundcloud", Platform.SoundCloud),
    ];

    /// <summary>Names below which the platforms' pages and short links live.</summary>
    private static readonly Dictionary<string, Platform> ByDomain = new(StringComparer.OrdinalIgnoreCase)
    {
        ["youtube.com"] = Platform.YouTube,
        ["youtube-nocookie.com"] = Platform.YouTube,
        ["youtu.be"] = Platform.YouTube,
        ["tiktok.com"] = Platform.TikTok,
        ["instagram.com"] = Platform.Instagram,
        ["vimeo.com"] = Platform.Vimeo,
        ["spotify.com"] = Platform.Spotify,
        ["twitter.com"] = Platform.Twitter,
        ["x.com"] = Platform.Twitter,
        ["t.co"] = Platform.Twitter,
        ["facebook.com"] = Platform.Facebook,
        ["fb.watch"] = Platform.Facebook,
        ["twitch.tv"] = Platform.Twitch,
        ["dailymotion.com"] = Platform.Dailymotion,
        ["dai.ly"] = Platform.Dailymotion,
        ["soundcloud.com"] = Platform.SoundCloud,
    };

    public static IReadOnlyList<string> DomainsOf(Platform platform) =>
        [.. ByDomain.Where(entry => entry.Value == platform).Select(entry => entry.Key)];

    /// <param name="extractorKey">yt-dlp's class name without its suffix, such as <c>YoutubeTab</c>.</param>
    public static Platform Of(string? extractorKey) =>
        ByExtractor
            .FirstOrDefault(entry => extractorKey?.StartsWith(entry.Prefix, StringComparison.Ordinal) == true)
            .Platform
        ?? Platform.Other;

    /// <summary>The platform of an address about which nothing is known yet, or ever will be.</summary>
    /// <param name="host">Host such as <c>m.facebook.com</c>.</param>
    public static Platform OfHost(string host)
    {
        var labels = host.TrimEnd('.').Split('.');
        return labels.Length < 2
            ? Platform.Other
            : ByDomain.GetValueOrDefault($"{labels[^2]}.{labels[^1]}", Platform.Other);
    }
}
