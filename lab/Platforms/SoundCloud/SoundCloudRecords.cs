using System.Globalization;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>Tracks, sets and the user as the API writes them.</summary>
internal static class SoundCloudRecords
{
    /// <summary>Of a set's tracks the API describes so many and only numbers the rest.</summary>
    private const int Described = 5;

    private const int PreviewMilliseconds = 12_000;

    public static IEnumerable<SoundCloudTrack> OwnTracks { get; } =
    [.. Enumerable.Range(2001, 3).Select(id => SoundCloudTrack.Find(id))];

    public static object User { get; } = new
    {
        kind = "user",
        id = SoundCloudTrack.UserId,
        permalink = SoundCloudTrack.User,
        username = SoundCloudTrack.UserName,
        permalink_url = $"https://soundcloud.com/{SoundCloudTrack.User}",
        avatar_url = "https://i1.sndcdn.com/avatars-decantlab-large.jpg",
        track_count = 3,
    };

    public static object Track(SoundCloudTrack track) =>
        new
        {
            kind = "track",
            id = track.Id,
            title = track.Title,
            description = track.Description,
            permalink = track.Slug,
            permalink_url = track.Page,
            artwork_url = Artwork(track.Slug),
            duration = track.Standing == TrackStanding.Preview ? PreviewMilliseconds : track.Seconds * 1000,
            full_duration = track.Seconds * 1000,
            created_at = track.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            genre = "Lab",
            tag_list = "tone \"made by ffmpeg\"",
            license = "cc-by",
            playback_count = track.Plays,
            likes_count = track.Plays / 30,
            reposts_count = track.Plays / 300,
            comment_count = track.Plays / 900,
            downloadable = false,
            has_downloads_left = true,
            streamable = true,
            @public = track.Standing != TrackStanding.Private,
            sharing = track.Standing == TrackStanding.Private ? "private" : "public",
            policy = track.Standing switch
            {
                TrackStanding.Blocked => "BLOCK",
                TrackStanding.Preview => "SNIP",
                _ => "ALLOW",
            },
            monetization_model = track.Standing == TrackStanding.Preview ? "SUB_HIGH_TIER" : "NOT_APPLICABLE",
            publisher_metadata = new { artist = SoundCloudTrack.UserName },
            user = User,
            media = new { transcodings = SoundCloudFormat.Of(track).Select(format => Transcoding(track, format)) },
            track_authorization = "lab",
        };

    public static object Set(SoundCloudSet set) =>
        new
        {
            kind = "playlist",
            id = set.Id,
            title = set.Title,
            description = "A set of the lab.",
            permalink = set.Slug,
            permalink_url = $"https://soundcloud.com/{SoundCloudTrack.User}/sets/{set.Slug}",
            artwork_url = Artwork(set.Slug),
            created_at = "2022-02-02T12:00:00Z",
            is_album = false,
            set_type = "",
            track_count = set.TrackIds.Count,
            likes_count = 12,
            user = User,
            tracks = set.TrackIds.Select(
                (id, index) => index < Described ? Track(SoundCloudTrack.Find(id)) : new { id, kind = "track" }
            ),
        };

    private static string Artwork(string of) => $"https://i1.sndcdn.com/artworks-{of}-large.jpg";

    private static object Transcoding(SoundCloudTrack track, SoundCloudFormat format) =>
        new
        {
            url = string.Create(
                CultureInfo.InvariantCulture,
                $"https://api-v2.soundcloud.com/media/soundcloud:tracks:{track.Id}/{format.Preset}/stream/{format.Protocol}"
            ),
            preset = format.Preset,
            duration = track.Seconds * 1000,
            snipped = track.Standing == TrackStanding.Preview,
            format = new { protocol = format.Protocol, mime_type = format.MimeType },
            quality = "sq",
        };
}
