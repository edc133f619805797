using Decant.Engine.Probing;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Tags of a medium's own file, for an address that is the file and has no page to say more.</summary>
internal static class FileTags
{
    /// <summary>Subtitles that are text; those of discs and broadcasts are pictures of it.</summary>
    private static readonly string[] Texts = ["subrip", "ass", "ssa", "mov_text", "webvtt", "text"];

    /// <param name="info">The medium, as its address tells it.</param>
    /// <param name="format">The file.</param>
    /// <param name="media">The file's own word.</param>
    public static MediaInfo Describe(MediaInfo info, SourceFormat format, ProbedMedia media)
    {
        var artist = Of("artist");
        var artists = ArtistsOf(artist, media);
        return info with
        {
            Title = Of("title")?.ReplaceLineEndings(" ") ?? info.Title,
            Track = Of("title"),
            Artist = artists.Length > 1 ? string.Join(", ", artists) : artist,
            Album = Of("album"),
            // The source's address takes the place of a comment.
            Description = Of("description") ?? Of("comment"),
            Subtitles = info.Subtitles.Count > 0 ? info.Subtitles : [.. SubtitlesOf(format, media)],
            Music = new MusicTags
            {
                Artists = artists,
                AlbumArtist = Of("album_artist"),
                Composer = Of("composer"),
                Genre = Of("genre"),
                Released = Of("date"),
                Track = Place("track", "tracktotal", "totaltracks"),
                Disc = Place("disc", "disctotal", "totaldiscs"),
                Isrc = Of("ISRC") ?? Of("TSRC"),
            },
        };

        // As the extractor's texts are read: a tag that speaks to a terminal says nothing to people.
        string? Of(string name) =>
            media.Tags.GetValueOrDefault(name)?.WithoutControls(kept: "\n").Trim() is { Length: > 0 } text
                ? text
                : null;

        string? Place(string name, params string[] totals) =>
            Of(name) is not { } place ? null
            : !place.Contains('/', StringComparison.Ordinal)
            && totals.Select(Of).FirstOrDefault(total => total is not null) is { } total
                ? $"{place}/{total}"
            : place;
    }

    /// <summary>Text subtitles in the file, one for each language, as a request names no more; those without a language are undetermined.</summary>
    private static IEnumerable<SourceSubtitle> SubtitlesOf(SourceFormat format, ProbedMedia media) =>
        media
            .Streams.Where(stream => stream.Kind == StreamKind.Subtitle && Texts.Contains(stream.Codec))
            .Select(stream => new SourceSubtitle(stream.Language ?? LanguageTag.Undetermined, false, format)
            {
                Stream = stream.Index,
            })
            .DistinctBy(one => one.Language);

    /// <summary>ffmpeg joins the values of a repeated Vorbis comment with a bare semicolon.</summary>
    private static string[] ArtistsOf(string? artist, ProbedMedia media) =>
        artist is null ? []
        : media.FormatName is "ogg" or "flac" && !artist.Contains("; ", StringComparison.Ordinal)
            ? artist.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [artist];
}
