namespace Decant.Server.Tests.Platforms.Rows;

internal static class TikTok
{
    public static PlatformRow Row { get; } =
        new("TikTok")
        {
            Promised = [Cell.Audio, Cell.Video],
            Url = "https://www.tiktok.com/@decantlab/video/7123456789012345678",
            Platform = "tiktok",
            Id = "7123456789012345678",
            Title = "Lab post 7123456789012345678 #decant #lab",
            Uploader = "decantlab",
            Description = "Lab post 7123456789012345678 #decant #lab",
            Seconds = 18,
            Uploaded = "2022-12-31",
            Views = 4_592_867,
            Picture = "720x1280",
            Forms =
            [
                "https://www.tiktok.com/@decantlab/video/7123456789012345678",
                "https://www.tiktok.com/@decantlab/video/7123456789012345678?is_copy_url=1&lang=en",
                "https://m.tiktok.com/@decantlab/video/7123456789012345678",
                "https://vm.tiktok.com/ZMlab7123456789012345678/",
                "https://vt.tiktok.com/ZMlab7123456789012345678",
                "https://www.tiktok.com/t/ZMlab7123456789012345678/",
            ],
            Beyond =
                "Answers some networks with a page of scripts to solve first, some countries not at all, and photo posts, which have no video.",
        };
}
