namespace Decant.Server.Tests.Platforms.Rows;

internal static class TwitchVideo
{
    public static PlatformRow Row { get; } =
        new("Twitch (past broadcasts)")
        {
            Url = "https://www.twitch.tv/videos/2100000001",
            Platform = "twitch",
            Id = "v2100000001",
            Title = "Lab broadcast 2100000001",
            Uploader = "DecantLab",
            Description = "Emulated broadcast 2100000001.",
            Seconds = 12,
            Uploaded = "2021-08-28",
            Views = 85_446,
            Forms =
            [
                "https://www.twitch.tv/videos/2100000001",
                "https://m.twitch.tv/videos/2100000001",
                "https://www.twitch.tv/decantlab/video/2100000001?t=0h0m2s",
                "https://player.twitch.tv/?video=v2100000001&parent=example.com",
            ],
            Beyond = "Silences parts of broadcasts over the music in them, and keeps some for subscribers.",
        };
}
