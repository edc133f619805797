using Decant.Engine.Egress;

namespace Decant.Engine.Fetching;

/// <summary>A loopback HTTP server that passes range requests for one remote file through the gate, so that ffprobe can look into it without touching the network.</summary>
internal sealed class RangeRelay : IAsyncDisposable
{
    public static Task<RangeRelay> StartAsync(
        EgressGate gate,
        Uri remote,
        IReadOnlyDictionary<string, string> headers,
        long maxBytes,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();

    /// <summary>Where the relay answers: <c>http://127.0.0.1:port/token</c>.</summary>
    public Uri Address => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
