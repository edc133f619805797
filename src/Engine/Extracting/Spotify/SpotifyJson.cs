using System.Globalization;
using System.Text.Json;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Readers of fields that the player's data and the Web API share. Pure; a wrong type counts as absent.</summary>
internal static class SpotifyJson
{
    /// <summary>The widest of a list of pictures.</summary>
    public static Uri? Widest(IEnumerable<JsonElement> pictures) =>
        pictures
            .Where(picture => picture.WebUrl("url") is not null)
            .MaxBy(picture => picture.Number("width") ?? picture.Number("maxWidth") ?? 0)
            is { ValueKind: JsonValueKind.Object } widest
            ? widest.WebUrl("url")
            : null;

    public static IReadOnlyList<string> Names(IEnumerable<JsonElement> artists) =>
        [.. artists.Select(artist => artist.Text("name")).OfType<string>()];

    public static TimeSpan? Milliseconds(JsonElement record, string name) =>
        record.Number(name) is > 0 and < 1e12 and var value ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>A day, or the first of what is told less closely: <c>1987-11-12</c>, <c>1987-11</c>, <c>1987</c>.</summary>
    public static DateOnly? Date(string? text)
    {
        var day = text?.Split('T')[0] ?? "";
        string[] forms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];
        return DateOnly.TryParseExact(day, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }
}
