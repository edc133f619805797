namespace Decant.Server.Tests.Platforms.Rows;

internal static class Spotify
{
    public static PlatformRow Row { get; } =
        new("Spotify")
        {
            Promised = [Cell.Audio, Cell.Playlists],
            Url = "https://open.spotify.com/track/plainsong01LabLabLabLa",
            Platform = "spotify",
            Id = "plainsong01LabLabLabLa",
            Title = "Lab song plainsong01",
            Uploader = "The Labradors, Ada Pipette",
            Description = null,
            Seconds = 12,
            Uploaded = "2021-05-05",
            Views = null,
            Picture = null,
            List = new PlatformList(
                "https://open.spotify.com/album/someAlbum01LabLabLabLa",
                "Tones and Beeps",
                Count: 5
            ),
            Forms =
            [
                "https://open.spotify.com/track/plainsong01LabLabLabLa",
                "https://open.spotify.com/track/plainsong01LabLabLabLa?si=lab",
                "https://open.spotify.com/intl-de/track/plainsong01LabLabLabLa",
                "https://open.spotify.com/embed/track/plainsong01LabLabLabLa",
                "https://spotify.link/labplainsong01",
            ],
            Beyond =
                "Gives no sound: it is that of the likest recording on YouTube Music or YouTube, which `matched` names, and which may be another mastering. "
                + "Without credentials for its Web API, lists end after a hundred entries.",
        };
}
