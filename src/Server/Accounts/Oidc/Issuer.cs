using Decant.Engine;
using Decant.Engine.Egress;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect.Configuration;

namespace Decant.Server.Accounts.Oidc;

/// <summary>
/// The provider that the operator named, as it describes itself (OpenID Connect Discovery 1.0): its addresses and the keys it signs with.
/// The framework keeps the description for hours, and goes on with the keys it has while the provider is down.
/// </summary>
internal sealed class Issuer : IDisposable
{
    private const string Discovery = ".well-known/openid-configuration";
    private const int MaxBytes = 1 << 20;

    /// <summary>Least time between two questions that unknown keys cause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Age at which the description is asked for again; the framework adds up to an hour by chance.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(6);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly OperatorsPeer _peer;

    public Issuer(Uri authority, EgressOptions egress)
    {
        _peer = new OperatorsPeer(authority, egress, Timeout, MaxBytes);
        Configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.AbsoluteUri.TrimEnd('/')}/{Discovery}",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_peer.Http) { RequireHttps = !authority.IsLoopback },
            new NameCheck(authority)
        )
        {
            RefreshInterval = Pause,
            AutomaticRefreshInterval = Fresh,
            // A key that the issuer has withdrawn is good no more, and not for another hour.
            UseLastKnownGoodConfiguration = false,
        };
    }

    public ConfigurationManager<OpenIdConnectConfiguration> Configuration { get; }

    /// <summary>Reaches the issuer and nobody else, by the operator's own way out.</summary>
    public HttpClient Http => _peer.Http;

    public void Dispose() => _peer.Dispose();

    /// <summary>Section 4.3: whoever answers must be the one that was asked.</summary>
    private sealed class NameCheck(Uri authority) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        private readonly OpenIdConnectConfigurationValidator _keys = new();

        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration) =>
            configuration.Issuer?.TrimEnd('/') == authority.AbsoluteUri.TrimEnd('/')
                ? _keys.Validate(configuration)
                : new ConfigurationValidationResult
                {
                    Succeeded = false,
                    ErrorMessage = $"{authority} calls itself {configuration.Issuer}: give that name in the setting.",
                };
    }
}
