using Decant.Engine;
using Decant.Engine.Egress;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Decant.Server.Accounts.External;

/// <summary>An issuer that the operator named, and where it describes itself (OpenID Connect Discovery 1.0): its addresses and the keys it signs with.</summary>
internal sealed class IssuerPeer(Uri authority, EgressOptions egress) : IDisposable
{
    private const string Discovery = ".well-known/openid-configuration";
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly OperatorsPeer _peer = new(authority, egress, Timeout, MaxBytes);

    /// <summary>Address of the description.</summary>
    public string Address { get; } = $"{authority.AbsoluteUri.TrimEnd('/')}/{Discovery}";

    /// <summary>Reaches the issuer and nobody else, by the operator's own way out.</summary>
    public HttpClient Http => _peer.Http;

    /// <summary>Reads the description, and the keys that it names.</summary>
    public IDocumentRetriever Documents =>
        new HttpDocumentRetriever(_peer.Http) { RequireHttps = !authority.IsLoopback };

    /// <summary>Section 4.3: whoever answers must be the one that was asked.</summary>
    /// <returns>The fault; null where it is.</returns>
    public string? NameFault(OpenIdConnectConfiguration about) =>
        about.Issuer?.TrimEnd('/') == authority.AbsoluteUri.TrimEnd('/')
            ? null
            : $"{authority} calls itself {about.Issuer}: give that name in the setting.";

    public void Dispose() => _peer.Dispose();
}
