namespace Decant.Server.Tests.Platforms.Rows;

internal static class TwitchClip
{
    public static PlatformRow Row { get; } =
        new("Twitch (clips)")
        {
            Url = "https://clips.twitch.tv/LabClipOne",
            Platform = "twitch",
            Id = "2990194996",
            Title = "Lab clip LabClipOne",
            Uploader = "LabViewer",
            Description = null,
            Seconds = 15,
            Uploaded = "2022-02-09",
            Views = 34_996,
            Forms =
            [
                "https://clips.twitch.tv/LabClipOne",
                "https://www.twitch.tv/decantlab/clip/LabClipOne",
                "https://m.twitch.tv/clip/LabClipOne",
                "https://clips.twitch.tv/embed?clip=LabClipOne&parent=example.com",
            ],
            Beyond = "Has clips upright as well as wide; the wide ones are taken.",
        };
}
