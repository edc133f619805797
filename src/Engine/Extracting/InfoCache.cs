namespace Decant.Engine.Extracting;

/// <summary>Keeps look-ups for a while and joins identical ones in flight.</summary>
internal sealed class InfoCache(TimeSpan timeToLive, TimeProvider time)
{
    public Task<MediaInfo> GetAsync(
        Uri url,
        InspectOptions options,
        Func<CancellationToken, Task<MediaInfo>> lookUp,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();
}
