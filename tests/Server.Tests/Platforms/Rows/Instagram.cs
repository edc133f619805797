namespace Decant.Server.Tests.Platforms.Rows;

internal static class Instagram
{
    public static PlatformRow Row { get; } =
        new("Instagram")
        {
            Promised = [Cell.Audio, Cell.Video],
            Url = "https://www.instagram.com/reel/CdecantLab1/",
            Platform = "instagram",
            Id = "CdecantLab1",
            Title = "Video by decantlab",
            Uploader = "Decant Lab",
            Description = "Lab reel CdecantLab1 #decant\nMade by ffmpeg.",
            Seconds = 15,
            Uploaded = "2022-06-24",
            Views = 1_559_379,
            Picture = "720x1280",
            Forms =
            [
                "https://www.instagram.com/reel/CdecantLab1/",
                "https://www.instagram.com/reels/CdecantLab1/",
                "https://www.instagram.com/p/CdecantLab1/",
                "https://www.instagram.com/p/CdecantLab1/?igsh=lab&img_index=1",
                "https://www.instagram.com/tv/CdecantLab1/",
                "https://www.instagram.com/decantlab/reel/CdecantLab1/",
                "https://www.instagram.com/decantlab/p/CdecantLab1/",
                "https://instagram.com/p/CdecantLab1",
                "http://instagram.com/p/CdecantLab1/embed/",
            ],
            Beyond =
                "Sends visitors to its login after a few posts from one address, most servers in data centres at once "
                + "(`source_rate_limited`), shows stories and profiles to members only, and takes some requests only from what passes for a browser.",
        };
}
