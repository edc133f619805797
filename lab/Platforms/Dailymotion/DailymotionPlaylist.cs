namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>An emulated playlist.</summary>
internal sealed record DailymotionPlaylist(string Id, IReadOnlyList<string> VideoIds)
{
    private static readonly DailymotionPlaylist[] All =
    [
        new("xlab5", [.. Enumerable.Range(1, 5).Select(number => $"xfew{number:0000}")]),
        new("xlab250", [.. Enumerable.Range(1, 250).Select(number => $"xmany{number:0000}")]),
        new("xlabmixed", ["xfew0001", "xgone001", "xfew0003"]),
    ];

    public static DailymotionPlaylist? Find(string id) => Array.Find(All, playlist => playlist.Id == id);
}
