namespace Decant.Engine.Fetching.Live;

/// <summary>Offer of a live stream at one moment.</summary>
/// <param name="Segments">Segments that are there now, in order.</param>
/// <param name="Target">About how long one plays, and how often more come.</param>
/// <param name="HasEnded">True where nothing will follow.</param>
internal sealed record LiveWindow(IReadOnlyList<LiveSegment> Segments, TimeSpan Target, bool HasEnded)
{
    /// <summary>False where a stream that is over merely falls silent, so that its page must be asked.</summary>
    public bool TellsEnd { get; init; } = true;
}

/// <summary>Asks a live stream what it offers.</summary>
/// <param name="url">Address at which it says so.</param>
/// <param name="next">The first segment that is still wanted; null where none is known.</param>
/// <param name="cancellationToken">Token that ends the reading.</param>
internal delegate Task<LiveWindow> ReadLive(Uri url, long? next, CancellationToken cancellationToken);
