namespace Decant.Server.Tests.Platforms.Rows;

internal static class Dailymotion
{
    public static PlatformRow Row { get; } =
        new("Dailymotion")
        {
            Url = "https://www.dailymotion.com/video/x8lab01",
            Platform = "dailymotion",
            Id = "x8lab01",
            Title = "Lab video x8lab01",
            Uploader = "Decant Lab",
            Description = "Emulated video x8lab01.",
            Seconds = 12,
            Uploaded = "2022-12-07",
            Views = 441_570,
            List = new PlatformList("https://www.dailymotion.com/playlist/xlab5", "xlab5", Count: 5),
            Forms =
            [
                "https://www.dailymotion.com/video/x8lab01",
                "https://dai.ly/x8lab01",
                "https://geo.dailymotion.com/player.html?video=x8lab01",
                "https://geo.dailymotion.com/player/xlab1.html?video=x8lab01",
                "https://www.dailymotion.com/embed/video/x8lab01",
                "https://touch.dailymotion.com/video/x8lab01",
            ],
            Beyond =
                "Refuses manifests to clients that do not shake hands as a browser does (`source_blocked`); its playlists tell no title.",
        };
}
