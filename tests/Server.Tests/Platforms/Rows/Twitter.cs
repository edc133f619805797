namespace Decant.Server.Tests.Platforms.Rows;

internal static class Twitter
{
    public static PlatformRow Row { get; } =
        new("Twitter/X")
        {
            Promised = [Cell.Audio, Cell.Video],
            Url = "https://x.com/decantlab/status/1712345678901234567",
            Platform = "twitter",
            // The video's own number, not the post's.
            Id = "1712345678901230471",
            Title = "Decant Lab - Lab post 1712345678901234567, made by ffmpeg",
            Uploader = "Decant Lab",
            Description = "Lab post 1712345678901234567, made by ffmpeg https://t.co/lab1712345678901234567",
            Seconds = 12,
            Uploaded = "2022-03-13",
            Views = 1_337_547,
            Forms =
            [
                "https://x.com/decantlab/status/1712345678901234567",
                "https://x.com/decantlab/status/1712345678901234567?s=20&t=lab",
                "https://x.com/decantlab/status/1712345678901234567/video/1",
                "https://x.com/i/status/1712345678901234567",
                "https://x.com/i/web/status/1712345678901234567",
                "https://www.x.com/decantlab/status/1712345678901234567",
                "https://mobile.x.com/decantlab/status/1712345678901234567",
                "https://twitter.com/decantlab/status/1712345678901234567",
                "https://www.twitter.com/decantlab/status/1712345678901234567",
                "https://mobile.twitter.com/decantlab/status/1712345678901234567",
                "https://m.twitter.com/decantlab/status/1712345678901234567",
                "https://twitter.com/statuses/1712345678901234567",
                "https://twitter.com/i/videos/tweet/1712345678901234567",
                "https://t.co/lab1712345678901234567",
            ],
            Beyond =
                "Gives guests few requests per address and quarter of an hour (`source_rate_limited`), asks for an account "
                + "for much of what is sensitive, and serves Spaces and broadcasts, which the lab has not.",
        };
}
