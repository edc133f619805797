using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>The data in the page of Spotify's player for other sites. Pure.</summary>
internal sealed class SpotifyEmbed
{
    /// <summary>The player shows no more of a list.</summary>
    public const int MostEntries = 100;

    private readonly SpotifyAddress _address;
    private readonly JsonElement _entity;

    /// <exception cref="MediaException"><c>content_not_found</c> where the player has nothing to play, <c>source_failed</c> where it is built in another way.</exception>
    public SpotifyEmbed(SpotifyAddress address, string html)
    {
        _address = address;
        using var data = Data(html);
        var page = data.RootElement.Field("props")?.Field("pageProps");
        _entity = page?.Field("state")?.Field("data")?.Field("entity")?.Clone() ?? default;
        if (_entity.ValueKind == JsonValueKind.Object)
        {
            return;
        }

        throw page?.Number("status") is 404 || page?.Number("statusCode") is 404
            ? new MediaException(
                MediaError.ContentNotFound,
                $"There is no such {address.Kind.ToString().ToLowerInvariant()} at {address.Page.Host}: it was removed, is private, or never existed."
            )
            : Changed();
    }

    private string Title => _entity.Text("name") ?? _entity.Text("title") ?? throw Changed();

    private DateOnly? Released => SpotifyJson.Date(_entity.Field("releaseDate")?.Text("isoString"));

    private Uri? Cover =>
        SpotifyJson.Widest(
            (_entity.Field("visualIdentity")?.Items("image") ?? [])
                .Concat(_entity.Field("coverArt")?.Items("sources") ?? [])
                .Concat(_entity.Items("relatedEntityCoverArt"))
        );

    public SpotifyRecording Recording()
    {
        var artists = SpotifyJson.Names(_entity.Items("artists"));
        return new SpotifyRecording
        {
            Address = _address,
            Title = Title,
            // An episode has a show instead.
            Artists = artists.Count > 0 ? artists : SpotifyPage.Names(_entity.Text("subtitle") ?? throw Changed()),
            Duration = SpotifyJson.Milliseconds(_entity, "duration"),
            Released = Released,
            Cover = Cover,
            Description = _entity.Text("description"),
        };
    }

    /// <param name="most">Entries to read.</param>
    public SpotifyList List(int most)
    {
        var rows = _entity.Items("trackList").ToList();
        return new SpotifyList
        {
            Address = _address,
            Title = Title,
            Owner = _entity.Text("subtitle")?.Replace('\u00a0', ' '),
            Released = Released,
            Cover = Cover,
            Count = rows.Count,
            Entries = [.. rows.Select(Entry).OfType<SpotifyListEntry>().Take(most)],
        };
    }

    private static SpotifyListEntry? Entry(JsonElement row) =>
        SpotifyAddress.FromUri(row.Text("uri")) is { IsList: false } address && row.Text("title") is { } title
            ? new SpotifyListEntry(address, title, SpotifyJson.Milliseconds(row, "duration"))
            : null;

    private JsonDocument Data(string html)
    {
        const string Start = "<script id=\"__NEXT_DATA__\"";
        var script = html.IndexOf(Start, StringComparison.Ordinal);
        var from = script < 0 ? -1 : html.IndexOf('>', script) + 1;
        var to = from <= 0 ? -1 : html.IndexOf("</script>", from, StringComparison.Ordinal);
        try
        {
            return to < 0 ? throw Changed() : JsonDocument.Parse(html.AsMemory(from..to));
        }
        catch (JsonException)
        {
            throw Changed();
        }
    }

    private MediaException Changed() =>
        new(
            MediaError.SourceFailed,
            $"The player's page of {_address.Page} is built in a way that this version does not know; a newer one may."
        );
}
