using Decant.Lab.Serving;

namespace Decant.Lab.Internal;

/// <summary>A service that only the inside of a network should reach. It gives its secret to whoever asks, and counts.</summary>
public sealed class InternalService
{
    private readonly LabListeners _listeners;
    private int _hits;

    internal InternalService(LabListeners listeners) => _listeners = listeners;

    /// <summary>Where it listens: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listeners.InternalPort}/");

    /// <summary>Found in a log, a file or a job, this proves a leak.</summary>
    public string Secret { get; } = $"DECANT-LAB-SECRET-{Guid.NewGuid():N}";

    /// <summary>How often it was reached, directly or through the proxy under a literal address or a local name.</summary>
    public int Hits => Volatile.Read(ref _hits);

    internal string Reveal()
    {
        Interlocked.Increment(ref _hits);
        return $"{{\"secret\": \"{Secret}\"}}\n";
    }
}
