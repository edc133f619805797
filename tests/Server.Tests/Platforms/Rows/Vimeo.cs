namespace Decant.Server.Tests.Platforms.Rows;

internal static class Vimeo
{
    public static PlatformRow Row { get; } =
        new("Vimeo")
        {
            Promised = [Cell.Audio, Cell.Video, Cell.Playlists],
            Url = "https://vimeo.com/712345678",
            Platform = "vimeo",
            Id = "712345678",
            Title = "Lab film 712345678",
            Uploader = "Decant Lab",
            Description = "Emulated video 712345678, made by ffmpeg for Decant's lab.",
            Seconds = 12,
            Uploaded = "2021-09-17",
            // Not told to visitors without an account.
            Views = null,
            List = new PlatformList("https://vimeo.com/showcase/7000005", "Five lab films", Count: 5),
            Forms =
            [
                "https://vimeo.com/712345678",
                "https://vimeo.com/712345678?share=copy",
                "https://www.vimeo.com/712345678",
                "https://vimeo.com/712345678/abcdef0123",
                "https://player.vimeo.com/video/712345678",
                "https://player.vimeo.com/video/712345678?h=abcdef0123",
                "https://vimeo.com/channels/labstaffpicks/712345678",
                "https://vimeo.com/showcase/7000005/video/712345678",
                "https://vimeo.com/groups/lab/videos/712345678",
            ],
            Beyond =
                "Refuses whatever does not greet it as a browser would (`source_blocked`; yt-dlp's impersonation helps where it is "
                + "installed), and plays some films only on pages their owners named.",
        };
}
