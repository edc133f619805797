namespace Decant.Server.Tests.Platforms;

/// <summary>SoundCloud, Spotify, Twitch and Dailymotion.</summary>
internal static class SoundRows
{
    public static IReadOnlyList<SoundRow> All { get; } = [SoundCloud, Spotify, TwitchVideo, TwitchClip, Dailymotion];

    private static SoundRow SoundCloud =>
        new("SoundCloud")
        {
            Url = "https://soundcloud.com/decantlab/track-42",
            Platform = "other",
            Id = "42",
            Title = "Lab track 42",
            Uploader = "Decant Lab",
            Description = "Emulated track track-42, a tone made by ffmpeg.",
            Seconds = 12,
            Uploaded = "2022-07-11",
            Views = 383_706,
            Picture = null,
            List = new SoundList("https://soundcloud.com/decantlab/sets/lab-set-7", "Seven lab tracks", Count: 7),
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

    private static SoundRow Spotify =>
        new("Spotify")
        {
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
            List = new SoundList("https://open.spotify.com/album/someAlbum01LabLabLabLa", "Tones and Beeps", Count: 5),
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

    private static SoundRow TwitchVideo =>
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

    private static SoundRow TwitchClip =>
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

    private static SoundRow Dailymotion =>
        new("Dailymotion")
        {
            Url = "https://www.dailymotion.com/video/x8lab01",
            Platform = "dailymotion",
            Id = "x8lab01",
            Title = "Lab video x8lab01",
            Uploader = "Decant Lab",
            Description = "Emulated video x8lab01.",
            Seconds = 12,
            Uploaded = "2022-12-07",
            Views = 441_570,
            List = new SoundList("https://www.dailymotion.com/playlist/xlab5", "xlab5", Count: 5),
            Forms =
            [
                "https://www.dailymotion.com/video/x8lab01",
                "https://dai.ly/x8lab01",
                "https://geo.dailymotion.com/player.html?video=x8lab01",
                "https://geo.dailymotion.com/player/xlab1.html?video=x8lab01",
                "https://www.dailymotion.com/embed/video/x8lab01",
                "https://touch.dailymotion.com/video/x8lab01",
            ],
            Beyond =
                "Refuses manifests to clients that do not shake hands as a browser does (`source_blocked`); its playlists tell no title.",
        };
}
