namespace Decant.Server.Tests.Platforms.Rows;

internal static class SoundCloud
{
    public static PlatformRow Row { get; } =
        new("SoundCloud")
        {
            Promised = [Cell.Audio, Cell.Playlists],
            Url = "https://soundcloud.com/decantlab/track-42",
            Platform = "soundcloud",
            Id = "42",
            Title = "Lab track 42",
            Uploader = "Decant Lab",
            Description = "Emulated track track-42, a tone made by ffmpeg.",
            Seconds = 12,
            Uploaded = "2022-07-11",
            Views = 383_706,
            Picture = null,
            List = new PlatformList("https://soundcloud.com/decantlab/sets/lab-set-7", "Seven lab tracks", Count: 7),
            Forms =
            [
                "https://soundcloud.com/decantlab/track-42",
                "https://www.soundcloud.com/decantlab/track-42",
                "https://m.soundcloud.com/decantlab/track-42?utm_source=clipboard",
                "https://soundcloud.com/decantlab/track-42?in=decantlab/sets/lab-set-7",
                "https://on.soundcloud.com/lab42",
                "https://api.soundcloud.com/tracks/42",
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F42",
            ],
            Beyond =
                "Shows a bot check to some networks before a user's list of tracks, gives strangers half a minute of what is for "
                + "subscribers (`login_required` here), and renews the key in its script (read anew with each look-up).",
        };
}
