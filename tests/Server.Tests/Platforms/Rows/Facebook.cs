namespace Decant.Server.Tests.Platforms.Rows;

internal static class Facebook
{
    public static PlatformRow Row { get; } =
        new("Facebook")
        {
            Promised = [Cell.Audio, Cell.Video],
            Url = "https://www.facebook.com/watch/?v=712345678901234",
            Platform = "facebook",
            Id = "712345678901234",
            Title = "Lab video 712345678901234",
            Uploader = "Decant Lab",
            Description = "Emulated video 712345678901234, made by ffmpeg for Decant's lab.",
            Seconds = 15,
            Uploaded = "2021-06-18",
            Views = 1_253_265,
            Forms =
            [
                "https://www.facebook.com/watch/?v=712345678901234",
                "https://www.facebook.com/watch?v=712345678901234&ref=sharing",
                "https://www.facebook.com/video.php?v=712345678901234",
                "https://www.facebook.com/decantlab/videos/712345678901234/",
                "https://www.facebook.com/decantlab/videos/a-lab-video/712345678901234/",
                "https://www.facebook.com/decantlab/posts/712345678901234",
                "https://www.facebook.com/reel/712345678901234",
                "https://m.facebook.com/watch/?v=712345678901234",
                "https://m.facebook.com/reel/712345678901234",
                "https://web.facebook.com/watch/?v=712345678901234",
                "https://facebook.com/decantlab/videos/712345678901234",
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fdecantlab%2Fvideos%2F712345678901234%2F",
                "https://www.facebook.com/share/v/lab712345678901234/",
                "https://www.facebook.com/share/r/lab712345678901234/",
                "https://fb.watch/lab712345678901234/",
            ],
            Beyond =
                "Shows many videos to members only, answers in several page layouts at a time (a new one is `source_failed` until "
                + "yt-dlp knows it), and does not say whether what is unavailable was deleted or never shared with everybody.",
        };
}
