using System.Net;

namespace Decant.Engine.Egress;

/// <summary>
/// HTTP to one server that the operator named in a setting, such as their identity provider. No user chose the address, so
/// it may be a private one, and need not be opened to users' URLs to be reached: that is what sets this apart from the gate.
/// </summary>
public sealed class OperatorsPeer : IDisposable
{
    private readonly TrustedAuthorities? _authorities;

    /// <param name="peer">Any address of the server.</param>
    /// <param name="options">Options, whose certificate authorities count here as well; and their proxy, unless a literal address or this machine is asked.</param>
    /// <param name="timeout">Time for one request, answer included.</param>
    /// <param name="maxBytes">Size limit of an answer in bytes.</param>
    /// <exception cref="EgressSettingException">A setting that cannot be used, by its name.</exception>
    public OperatorsPeer(Uri peer, EgressOptions options, TimeSpan timeout, int maxBytes)
    {
        var upstream =
            options.Proxy is { } proxy && !peer.IsLoopback && peer.HostNameType == UriHostNameType.Dns
                ? new UpstreamProxy(proxy, "Egress__Proxy")
                : null;
        _authorities = options.CaFile is { Length: > 0 } path ? new TrustedAuthorities(path) : null;
        var handler = new SocketsHttpHandler
        {
            // What the operator named and nothing it may point at.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = upstream is not null,
            Proxy = upstream is null ? null : new WebProxy(upstream.Address) { Credentials = upstream.Credentials },
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
        };
        handler.SslOptions.CertificateChainPolicy = _authorities?.CreateChainPolicy();
        Http = new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = maxBytes };
    }

    public HttpClient Http { get; }

    public void Dispose()
    {
        Http.Dispose();
        _authorities?.Dispose();
    }
}
