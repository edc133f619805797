namespace Decant.Engine.Extracting.Spotify;

/// <summary>An album or a playlist as Spotify describes it.</summary>
internal sealed record SpotifyList
{
    public required SpotifyAddress Address { get; init; }
    public required string Title { get; init; }

    /// <summary>An album's performers, a playlist's owner.</summary>
    public string? Owner { get; init; }
    public DateOnly? Released { get; init; }
    public Uri? Cover { get; init; }
    public string? Description { get; init; }

    /// <summary>Number of entries, of which some may not be listed here.</summary>
    public required int Count { get; init; }
    public required IReadOnlyList<SpotifyListEntry> Entries { get; init; }
}

/// <param name="Address">Address of the track or episode.</param>
internal sealed record SpotifyListEntry(SpotifyAddress Address, string Title, TimeSpan? Duration);
