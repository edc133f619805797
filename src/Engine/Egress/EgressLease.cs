using System.Security.Cryptography;
using System.Text;

namespace Decant.Engine.Egress;

/// <param name="MaxBytes">Bytes all connections of the lease may bring in together.</param>
/// <param name="MaxDuration">Wall-clock life of the lease, up to 49 days; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
public sealed record EgressLimits(long MaxBytes, TimeSpan MaxDuration);

/// <summary>A lease: one child's proxy address through the gate, valid until it is disposed or its limits are spent.</summary>
public sealed class EgressLease : IDisposable
{
    private readonly EgressLimits _limits;
    private readonly Action<EgressLease> _onClose;
    private readonly CancellationTokenSource _life;
    private readonly byte[] _secret;
    private long _bytesReceived;
    private EgressDenial? _denial;
    private volatile bool _limitReached;
    private int _open;
    private bool _isDisposed;

    /// <param name="port">Port of the loopback proxy.</param>
    /// <param name="limits">Limits of the lease.</param>
    /// <param name="time">Counts its life.</param>
    /// <param name="onClose">Action on disposal.</param>
    internal EgressLease(int port, EgressLimits limits, TimeProvider time, Action<EgressLease> onClose)
    {
        _limits = limits;
        _onClose = onClose;
        _life = new CancellationTokenSource(limits.MaxDuration, time);
        Life = _life.Token;
        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _secret = Encoding.ASCII.GetBytes(secret);
        Proxy = new Uri($"http://{Id}:{secret}@127.0.0.1:{port}");
    }

    /// <summary><c>http://lease:secret@127.0.0.1:port</c></summary>
    public Uri Proxy { get; }

    /// <summary>The child has a connection open.</summary>
    public bool IsWaiting => Volatile.Read(ref _open) > 0;

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>The first refusal, if any: the host asked for and why. The child may have hidden it.</summary>
    public EgressDenial? Denial => Volatile.Read(ref _denial);

    /// <summary>True once the byte limit cut a connection.</summary>
    public bool LimitReached => _limitReached;

    internal string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Ends with the lease, taking its connections along.</summary>
    internal CancellationToken Life { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }
        _onClose(this);
        _life.Cancel();
        _life.Dispose();
    }

    internal void Opened() => Interlocked.Increment(ref _open);

    internal void Closed() => Interlocked.Decrement(ref _open);

    internal bool Admits(string secret) =>
        !Life.IsCancellationRequested
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), _secret);

    internal void Deny(string host, string reason) =>
        Interlocked.CompareExchange(ref _denial, new EgressDenial(host, reason), null);

    /// <summary>Counts bytes that came in; past the limit every connection of the lease is cut at its next byte.</summary>
    /// <exception cref="IOException">The limit is passed.</exception>
    internal void Receive(int bytes)
    {
        if (Interlocked.Add(ref _bytesReceived, bytes) <= _limits.MaxBytes)
        {
            return;
        }
        _limitReached = true;
        throw new IOException($"The lease's {_limits.MaxBytes} bytes are spent.");
    }
}

/// <param name="Host">Host that was asked for.</param>
/// <param name="Reason">Reason of the refusal, for a person.</param>
public sealed record EgressDenial(string Host, string Reason);
