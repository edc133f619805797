namespace Decant.Engine.Fetching.Live;

/// <summary>Offer of a live stream at one moment.</summary>
/// <param name="Segments">In order; those that are there now.</param>
/// <param name="Target">About how long one plays, and how often more come.</param>
/// <param name="HasEnded">Nothing will follow.</param>
internal sealed record LiveWindow(IReadOnlyList<LiveSegment> Segments, TimeSpan Target, bool HasEnded)
{
    /// <summary>False where a stream that is over merely falls silent, so that its page must be asked.</summary>
    public bool TellsEnd { get; init; } = true;
}

/// <summary>Asks a live stream what it offers.</summary>
/// <param name="url">Where it says so.</param>
/// <param name="next">The first segment that is still wanted; null where none is known.</param>
/// <param name="cancellationToken">Ends it.</param>
internal delegate Task<LiveWindow> ReadLive(Uri url, long? next, CancellationToken cancellationToken);
