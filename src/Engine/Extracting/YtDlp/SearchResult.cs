namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A recording that a search found.</summary>
/// <param name="Url">Address to inspect for the medium itself.</param>
/// <param name="Title">Title as the search shows it.</param>
/// <param name="Artists">Performers of a song; whoever put a video up.</param>
/// <param name="Album">Album; null where the search shows none.</param>
/// <param name="Duration">Duration; null where the search shows none.</param>
internal sealed record SearchResult(
    Uri Url,
    string Title,
    IReadOnlyList<string> Artists,
    string? Album,
    TimeSpan? Duration
)
{
    /// <summary>A song of a catalogue, not a video that anybody may have put up.</summary>
    public bool IsSong { get; init; }
}
