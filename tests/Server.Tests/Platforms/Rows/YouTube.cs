namespace Decant.Server.Tests.Platforms.Rows;

internal static class YouTube
{
    public static PlatformRow Row { get; } =
        new("YouTube")
        {
            Promised = [Cell.Audio, Cell.Video, Cell.Playlists, Cell.LiveStreams],
            Url = "https://www.youtube.com/watch?v=jNQXAC9IVRw",
            Platform = "youtube",
            Id = "jNQXAC9IVRw",
            Title = "Lab film jNQXAC9IVRw",
            Uploader = "Decant Lab",
            Description = "Emulated video jNQXAC9IVRw, made by ffmpeg for Decant's lab.\nNothing in it was recorded.",
            Seconds = 15,
            Uploaded = "2023-05-31",
            Views = 2_593_412,
            List = new PlatformList(
                "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
                "Five lab films",
                Count: 5
            ),
            Forms =
            [
                "https://www.youtube.com/watch?v=jNQXAC9IVRw",
                "https://www.youtube.com/watch?v=jNQXAC9IVRw&list=PLdecant-lab-few-5&index=2",
                "https://www.youtube.com/watch?v=jNQXAC9IVRw&t=4s",
                "http://youtube.com/watch?v=jNQXAC9IVRw",
                "https://m.youtube.com/watch?v=jNQXAC9IVRw",
                "https://music.youtube.com/watch?v=jNQXAC9IVRw",
                "https://youtu.be/jNQXAC9IVRw",
                "https://youtu.be/jNQXAC9IVRw?si=lab",
                "https://www.youtube.com/shorts/jNQXAC9IVRw",
                "https://www.youtube.com/live/jNQXAC9IVRw",
                "https://www.youtube.com/embed/jNQXAC9IVRw",
                "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw",
            ],
            Beyond =
                "Asks servers in data centres to prove that they are no bot (`source_blocked`), changes its player's script every "
                + "few days (a JavaScript runtime and a recent yt-dlp keep up), and throttles links it takes for a robot's.",
        };
}
