using System.Text.Json;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Maps a search's answer to results. Pure.</summary>
internal static class SearchMapping
{
    /// <summary>Ending of the channels that YouTube makes of performers' songs.</summary>
    private const string TopicMark = " - Topic";

    public static IReadOnlyList<SearchResult> Map(JsonElement message, SearchPlace place) =>
        [.. message.Items("found").Select(row => RowOf(row, place)).OfType<SearchResult>()];

    private static SearchResult? RowOf(JsonElement row, SearchPlace place) =>
        row.WebUrl("url") is { } url && row.Text("title") is { } title
            ? new SearchResult(url, title, ArtistsOf(row), row.Text("album"), row.Seconds("duration"))
            {
                IsSong = place == SearchPlace.Songs,
            }
            : null;

    private static string[] ArtistsOf(JsonElement row) =>
        [
            .. row.Items("artists")
                .Where(name => name.ValueKind == JsonValueKind.String)
                .Select(name => name.GetString()!)
                .Select(name => name.EndsWith(TopicMark, StringComparison.Ordinal) ? name[..^TopicMark.Length] : name)
                .Where(name => !string.IsNullOrWhiteSpace(name)),
        ];
}
