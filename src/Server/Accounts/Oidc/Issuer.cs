using Decant.Engine;
using Decant.Server.Accounts.External;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect.Configuration;

namespace Decant.Server.Accounts.Oidc;

/// <summary>
/// The provider that the operator named, as it describes itself. The framework keeps the description for hours, and goes on with the
/// keys it has while the provider is down.
/// </summary>
internal sealed class Issuer : IDisposable
{
    /// <summary>Least time between two questions that unknown keys cause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Age at which the description is asked for again; the framework adds up to an hour by chance.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(6);

    private readonly IssuerPeer _peer;

    public Issuer(Uri authority, EgressOptions egress)
    {
        _peer = new IssuerPeer(authority, egress);
        Configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            _peer.Address,
            new OpenIdConnectConfigurationRetriever(),
            _peer.Documents,
            new Check(_peer)
        )
        {
            RefreshInterval = Pause,
            AutomaticRefreshInterval = Fresh,
            // A key that the issuer has withdrawn is good no more, and not for another hour.
            UseLastKnownGoodConfiguration = false,
        };
    }

    public ConfigurationManager<OpenIdConnectConfiguration> Configuration { get; }

    /// <inheritdoc cref="IssuerPeer.Http"/>
    public HttpClient Http => _peer.Http;

    public void Dispose() => _peer.Dispose();

    private sealed class Check(IssuerPeer peer) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        private readonly OpenIdConnectConfigurationValidator _keys = new();

        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration) =>
            peer.NameFault(configuration) is { } fault
                ? new ConfigurationValidationResult { Succeeded = false, ErrorMessage = fault }
                : _keys.Validate(configuration);
    }
}
