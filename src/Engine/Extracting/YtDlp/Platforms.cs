namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Which platform an extractor stands for.</summary>
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
    ];

    /// <param name="extractorKey">yt-dlp's class name without its suffix, such as <c>YoutubeTab</c>.</param>
    public static Platform Of(string? extractorKey) =>
        ByExtractor
            .FirstOrDefault(entry => extractorKey?.StartsWith(entry.Prefix, StringComparison.Ordinal) == true)
            .Platform
        ?? Platform.Other;
}
