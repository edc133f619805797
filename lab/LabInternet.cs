using System.Net.Security;
using Decant.Lab.Internal;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Proxy;
using Decant.Lab.Serving;

namespace Decant.Lab;

/// <summary>
/// A small internet on loopback: a media origin, platforms behind a forward proxy with a certificate authority of its own,
/// and an internal service that nothing should ever reach. Several may run in one process.
/// </summary>
public sealed class LabInternet : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LabAuthority _authority;
    private readonly LabListeners _listeners;
    private readonly LeafCertificates _leaves;

    private LabInternet(WebApplication app, LabAuthority authority, LabListeners listeners, LeafCertificates leaves)
    {
        (_app, _authority, _listeners, _leaves) = (app, authority, listeners, leaves);
    }

    /// <summary>Base of the media origin, reached directly: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Origin => new($"http://127.0.0.1:{_listeners.OriginPort}/");

    /// <summary>The same origin under a public-looking name, reached through the proxy.</summary>
    public Uri PublicOrigin { get; } = new($"https://{SiteNames.Origin[0]}/");

    /// <summary>The forward proxy: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Proxy => new($"http://127.0.0.1:{_listeners.ProxyPort}/");

    /// <summary>PEM file of the authority that signs what the proxy answers with.</summary>
    public string CaFile => _authority.File;

    public MediaCatalogue Media => Get<MediaCatalogue>();
    public RequestLog Requests => Get<RequestLog>();
    public Faults Faults => Get<Faults>();
    public LiveStreams Live => Get<LiveStreams>();

    /// <summary>Stands for what an attacker would like to reach from inside.</summary>
    public InternalService InternalService => Get<InternalService>();

    /// <summary>A certificate for a server of a test's own, signed by the lab's authority.</summary>
    /// <param name="name">A host name or address.</param>
    public SslStreamCertificateContext CertificateFor(string name) => _leaves.For(name);

    public static async Task<LabInternet> StartAsync(LabOptions options, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var authority = await LabAuthority.OpenAsync(options.Directory, time, cancellationToken);
        var listeners = new LabListeners();
        var leaves = new LeafCertificates(authority, time);
        var app = LabHost.Build(options, new ProxyConnections(leaves), listeners, time);
        try
        {
            await app.StartAsync(cancellationToken);
            return new LabInternet(app, authority, listeners, leaves);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Answers that stall or never end are cut at once: nothing of a lab is worth waiting for.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Cut, as asked.
        }

        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();
}
