namespace Decant.Engine.Extracting.Spotify;

/// <summary>A track or an episode as Spotify describes it: what is looked for elsewhere.</summary>
internal sealed record SpotifyRecording
{
    public required SpotifyAddress Address { get; init; }
    public required string Title { get; init; }

    /// <summary>The main performer first; for an episode, its show.</summary>
    public required IReadOnlyList<string> Artists { get; init; }
    public string? Album { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>International Standard Recording Code, which only the Web API tells.</summary>
    public string? Isrc { get; init; }
    public DateOnly? Released { get; init; }
    public Uri? Cover { get; init; }
    public string? Description { get; init; }

    public bool IsEpisode => Address.Kind == SpotifyKind.Episode;

    /// <summary>The artists joined, as credits are written.</summary>
    public string ArtistLine => string.Join(", ", Artists);
}
