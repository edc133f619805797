using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Egress;

/// <summary>The one way to the network. Names are resolved once, every address is checked, and connections go to the address that was checked.</summary>
public sealed class EgressGate : IAsyncDisposable
{
    /// <summary>Option of a request whose redirect is the answer and is not followed.</summary>
    public static readonly HttpRequestOptionsKey<bool> AnswerRedirects = new("decant.answer-redirects");

    /// <summary>Option of a request whose answer is not followed where it sets cookies, since nobody here would send them along.</summary>
    internal static readonly HttpRequestOptionsKey<bool> AnswerCookies = new("decant.answer-cookies");

    private readonly EgressRouter _router;
    private readonly EgressDialer _dialer;
    private readonly TrustedAuthorities? _authorities;
    private readonly LeaseProxy _leases;
    private readonly Lazy<HttpClient> _http;
    private bool _isDisposed;

    /// <exception cref="EgressSettingException">A setting that cannot be used, by its name.</exception>
    public EgressGate(EgressOptions options, ILoggerFactory loggers)
        : this(options, loggers, TimeProvider.System, Dns.GetHostAddressesAsync) { }

    internal EgressGate(EgressOptions options, ILoggerFactory loggers, TimeProvider time, NameResolver resolve)
    {
        Loggers = loggers;
        _router = new EgressRouter(new AddressPolicy(options.AllowedNetworks), new Upstreams(options));
        _dialer = new EgressDialer(_router, resolve, time);
        _authorities = options.CaFile is { Length: > 0 } path
            ? new TrustedAuthorities(path, options.DefersAuthorities)
            : null;
        _leases = new LeaseProxy(_router, _dialer, time, loggers.CreateLogger<LeaseProxy>());
        // It waits for the authorities, which a start need not.
        _http = new(CreateClient);
    }

    /// <summary>An HTTP client whose every connection and redirect passes the gate. No cookies, no automatic decompression of media.</summary>
    /// <remarks>Throws <see cref="Errors.MediaException"/> where the gate refuses or nobody answers, <see cref="HttpRequestException"/> for what goes wrong after.</remarks>
    public HttpClient Http => _http.Value;

    /// <summary>PEM bundle of the system's authorities and the operator's, for children that want one file; null when the system's own serves.</summary>
    public string? CaBundle => _authorities?.BundlePath;

    /// <summary>Completes when that bundle is whole.</summary>
    internal Task CaBundleWritten => _authorities?.Written ?? Task.CompletedTask;

    /// <summary>Loggers for the servers that listen on loopback in the gate's name.</summary>
    internal ILoggerFactory Loggers { get; }

    /// <summary>Refuses a URL that the gate would never let through: scheme, port, literal or resolved special address.</summary>
    /// <remarks>Behind an upstream proxy names are not looked up here.</remarks>
    /// <exception cref="Errors.MediaException"><c>blocked_address</c>, <c>invalid_url</c>, or <c>source_failed</c> where the name does not resolve.</exception>
    public async Task EnsureAllowedAsync(Uri url, CancellationToken cancellationToken)
    {
        var target = EgressTarget.Of(url);
        _router.Check(target);
        if (_router.UpstreamFor(target) is null)
        {
            await _dialer.ResolveAsync(target, cancellationToken);
        }
    }

    /// <summary>Opens a private loopback proxy credential for a child process, with limits of its own.</summary>
    public EgressLease OpenLease(EgressLimits limits) => _leases.Open(limits);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }
        await _leases.DisposeAsync();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }

        _authorities?.Dispose();
    }

    private HttpClient CreateClient() =>
        new(new RedirectFollower(_router, CreateHandler()))
        {
            // Whoever sends a request owns its deadline; a medium takes as long as it takes.
            Timeout = Timeout.InfiniteTimeSpan,
            // For answers read whole (a thumbnail, a page); media are streamed and have caps of their own.
            MaxResponseContentBufferSize = 64 << 20,
        };

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Never the environment's: http_proxy and NO_PROXY are not settings of ours.
            UseProxy = _router.Upstreams.Any,
            Proxy = _router.Upstreams.Any ? _router : null,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 128,
            MaxResponseHeadersLength = 64,
            // Our trace identifiers are nobody else's business.
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        };
        handler.SslOptions.CertificateChainPolicy = _authorities?.CreateChainPolicy();
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var end = context.DnsEndPoint;
        var socket = _router.Upstreams.At(end.Host, end.Port) is { } upstream
            ? await _dialer.ConnectAsync(upstream, cancellationToken)
            : await _dialer.ConnectAsync(EgressTarget.Of(end.Host, end.Port), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
