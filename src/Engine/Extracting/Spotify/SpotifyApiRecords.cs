using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>The Web API's records. Pure.</summary>
internal static class SpotifyApiRecords
{
    /// <exception cref="MediaException"><c>source_failed</c> where it is not what the API's documents describe.</exception>
    public static SpotifyRecording Recording(SpotifyAddress address, JsonElement record)
    {
        var artists = SpotifyJson.Names(record.Items("artists"));
        return new SpotifyRecording
        {
            Address = address,
            Title = record.Text("name") ?? throw Unknown(address),
            Artists = artists.Count > 0 ? artists : [record.Field("show")?.Text("name") ?? throw Unknown(address)],
            Album = record.Field("album")?.Text("name"),
            Duration = SpotifyJson.Milliseconds(record, "duration_ms"),
            Isrc = record.Field("external_ids")?.Text("isrc"),
            Released = SpotifyJson.Date(record.Field("album")?.Text("release_date") ?? record.Text("release_date")),
            Cover = SpotifyJson.Widest((record.Field("album") ?? record).Items("images")),
            Description = record.Text("description"),
        };
    }

    public static SpotifyList List(SpotifyAddress address, JsonElement record, IReadOnlyList<SpotifyListEntry> entries)
    {
        var artists = SpotifyJson.Names(record.Items("artists"));
        return new SpotifyList
        {
            Address = address,
            Title = record.Text("name") ?? throw Unknown(address),
            Owner = artists.Count > 0 ? string.Join(", ", artists) : record.Field("owner")?.Text("display_name"),
            Released = SpotifyJson.Date(record.Text("release_date")),
            Cover = SpotifyJson.Widest(record.Items("images")),
            Description = record.Text("description"),
            Count = record.Field("tracks")?.Size("total") ?? entries.Count,
            Entries = entries,
        };
    }

    /// <summary>Entries of a page of a list. A playlist wraps each in a record of its own; local and removed files are left out.</summary>
    public static IEnumerable<SpotifyListEntry> Entries(JsonElement? page) =>
        (page?.Items("items") ?? [])
            .Select(item => item.Field("track") ?? item)
            .Select(track =>
                SpotifyAddress.FromUri(track.Text("uri")) is { IsList: false } address && track.Text("name") is { } name
                    ? new SpotifyListEntry(address, name, SpotifyJson.Milliseconds(track, "duration_ms"))
                    : null
            )
            .OfType<SpotifyListEntry>();

    private static MediaException Unknown(SpotifyAddress address) =>
        new(
            MediaError.SourceFailed,
            $"Spotify's Web API describes {address.Page} in a way that this version does not know."
        );
}
