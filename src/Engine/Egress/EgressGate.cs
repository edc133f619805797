using Microsoft.Extensions.Logging;

namespace Decant.Engine.Egress;

/// <summary>The one way to the network. Names are resolved once, every address is checked, and connections go to the address that was checked.</summary>
public sealed class EgressGate(EgressOptions options, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>An HTTP client whose every connection and redirect passes the gate. No cookies, no automatic decompression of media.</summary>
    public HttpClient Http => throw new NotImplementedException();

    /// <summary>Refuses a URL that the gate would never let through: scheme, port, literal or resolved special address.</summary>
    /// <exception cref="Errors.MediaException"><c>blocked_address</c>, <c>invalid_url</c>, or <c>source_failed</c> where the name does not resolve.</exception>
    public Task EnsureAllowedAsync(Uri url, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Opens a private loopback proxy credential for a child process, with limits of its own.</summary>
    public EgressLease OpenLease(EgressLimits limits) => throw new NotImplementedException();

    /// <summary>PEM bundle of the system's authorities and the operator's, for children that want one file; null when the system's own serves.</summary>
    public string? CaBundle => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
