namespace Decant.Engine.Egress;

/// <param name="MaxBytes">Bytes all connections of the lease may bring in together.</param>
/// <param name="MaxDuration">Wall-clock life of the lease.</param>
public sealed record EgressLimits(long MaxBytes, TimeSpan MaxDuration);

/// <summary>One child's way out: a proxy address that works until the lease is disposed or its limits are spent.</summary>
public sealed class EgressLease : IDisposable
{
    /// <summary><c>http://lease:secret@127.0.0.1:port</c></summary>
    public Uri Proxy => throw new NotImplementedException();
    public long BytesReceived => throw new NotImplementedException();

    /// <summary>The first refusal, if any: the host asked for and why. The child may have hidden it.</summary>
    public EgressDenial? Denial => throw new NotImplementedException();

    /// <summary>True once the byte limit cut a connection.</summary>
    public bool LimitReached => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <param name="Host">What was asked for.</param>
/// <param name="Reason">Why it was refused, for a person.</param>
public sealed record EgressDenial(string Host, string Reason);
