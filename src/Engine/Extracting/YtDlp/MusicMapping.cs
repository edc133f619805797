using System.Globalization;
using System.Text.Json;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor's record of a piece of music as <see cref="MusicTags"/>.</summary>
internal static class MusicMapping
{
    public static MusicTags Map(JsonElement info) =>
        new()
        {
            Artists = [.. info.Texts("artists")],
            AlbumArtist = Several(info, "album_artists") ?? info.Text("album_artist"),
            Composer = Several(info, "composers") ?? info.Text("composer"),
            Genre = Several(info, "genres") ?? info.Text("genre"),
            Released =
                DateOf(info.Text("release_date"))
                ?? info.Size("release_year")?.ToString("0000", CultureInfo.InvariantCulture),
            Track = Number(info, "track_number"),
            Disc = Number(info, "disc_number"),
            Isrc = info.Text("isrc"),
        };

    private static string? Several(JsonElement info, string name) =>
        string.Join(", ", info.Texts(name)) is { Length: > 0 } all ? all : null;

    private static string? Number(JsonElement info, string name) =>
        info.Size(name)?.ToString(CultureInfo.InvariantCulture);

    private static string? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
}
