using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Spotify's descriptions as those of media. Pure.</summary>
internal static class SpotifyMedia
{
    /// <param name="wanted">Recording as Spotify describes it.</param>
    /// <param name="match">Match that was found for it elsewhere.</param>
    /// <param name="found">Page that has the sound.</param>
    /// <exception cref="MediaException"><c>content_not_found</c> where the match has no sound of its own.</exception>
    public static MediaInfo Of(SpotifyRecording wanted, RecordingSearch.Match match, MediaInfo found)
    {
        var sounds = found.Formats.Where(format => format.MayHaveAudio).ToList();
        var apart = sounds.Where(format => !format.MayHaveVideo).ToList();
        if (found.IsLive || sounds.Count == 0)
        {
            throw new MediaException(
                MediaError.ContentNotFound,
                $"What is likest to \"{wanted.Title}\" is {found.PageUrl}, and that has no sound that could be fetched."
            );
        }

        return new MediaInfo
        {
            Id = wanted.Address.Id,
            PageUrl = wanted.Address.Page,
            Platform = Platform.Spotify,
            Title = wanted.Title,
            Description = wanted.Description,
            Uploader = wanted.ArtistLine,
            UploadDate = wanted.Released,
            // Of what will be delivered.
            Duration = found.Duration,
            ThumbnailUrl = wanted.Cover,
            Artist = wanted.ArtistLine,
            Album = wanted.Album,
            Track = wanted.Title,
            // A track is sound; the pictures of a match are somebody else's.
            Formats = apart.Count > 0 ? apart : sounds,
            Match = new MediaMatch
            {
                Url = found.PageUrl,
                Score = match.Score,
                Title = match.Result.Title,
                Artist = match.Result.Artists.Count > 0 ? string.Join(", ", match.Result.Artists) : found.Uploader,
                LengthDifference = found.Duration - wanted.Duration,
                ByIsrc = match.ByIsrc,
            },
        };
    }

    /// <exception cref="MediaException"><c>content_not_found</c> where there is nothing in it.</exception>
    public static MediaInfo Of(SpotifyList list) =>
        list.Entries.Count == 0
            ? throw new MediaException(MediaError.ContentNotFound, $"The list \"{list.Title}\" has no tracks in it.")
            : new MediaInfo
            {
                Id = list.Address.Id,
                PageUrl = list.Address.Page,
                Platform = Platform.Spotify,
                Title = list.Title,
                Description = list.Description,
                Uploader = list.Owner,
                UploadDate = list.Released,
                ThumbnailUrl = list.Cover,
                Album = list.Address.Kind == SpotifyKind.Album ? list.Title : null,
                PlaylistCount = Math.Max(list.Count, list.Entries.Count),
                Entries =
                [
                    .. list.Entries.Select(
                        (entry, index) =>
                            new PlaylistEntry(
                                index + 1,
                                entry.Address.Page,
                                entry.Address.Id,
                                entry.Title,
                                entry.Duration
                            )
                    ),
                ],
            };
}
