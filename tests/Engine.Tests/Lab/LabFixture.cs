using System.Net;
using System.Security.Cryptography.X509Certificates;
using Decant.Engine.Tests.Lab;
using Decant.Lab;

[assembly: AssemblyFixture(typeof(LabFixture))]

namespace Decant.Engine.Tests.Lab;

/// <summary>One lab for all tests that only read from it. Ask for it in a constructor.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    private LabInternet? _lab;
    private HttpClient? _direct;
    private HttpClient? _proxied;

    public LabInternet Lab => _lab!;

    /// <summary>Straight to the origin.</summary>
    public HttpClient Direct => _direct!;

    /// <summary>Through the lab's proxy, trusting its authority and no other.</summary>
    public HttpClient Proxied => _proxied!;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabInternet.StartAsync(new LabOptions(), default);
        _direct = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _lab.Origin };
        var handler = new SocketsHttpHandler { Proxy = new WebProxy(_lab.Proxy), AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_lab.CaFile) },
        };
        _proxied = new HttpClient(handler);
    }

    public async ValueTask DisposeAsync()
    {
        _direct?.Dispose();
        _proxied?.Dispose();
        await (_lab?.DisposeAsync() ?? default);
    }
}
