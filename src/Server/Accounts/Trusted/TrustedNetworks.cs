using System.Net;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Decant.Server.Accounts.Trusted;

/// <summary>
/// Recognises people who need not sign in, by the network they come from (<c>Accounts__TrustedNetworks</c>): a household behind its
/// router. The address is that of the connection, or one that a trusted proxy reports; nothing else is believed.
/// </summary>
internal sealed class TrustedNetworks(
    IOptions<AccountOptions> accounts,
    IOptions<ProxySettings> proxies,
    PublicOrigin origin
)
{
    /// <summary>Headers with which a proxy says that the client is somebody else.</summary>
    private static readonly string[] Forwarded = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"];

    /// <summary>Domains that no public name server answers for (RFC 6761, 6762, 8375, ICANN's <c>.internal</c>), and routers' own.</summary>
    private static readonly string[] HomeDomains =
    [
        ".localhost",
        ".local",
        ".home.arpa",
        ".internal",
        ".lan",
        ".home",
        ".fritz.box",
    ];

    private readonly IPNetwork[] _networks =
    [
        .. accounts.Value.TrustedNetworks.Select(AddressRange.Read).OfType<IPNetwork>(),
    ];

    private readonly IPNetwork[] _proxies = [.. proxies.Value.Networks];

    private readonly string? _ownHost = Uri.TryCreate(origin.Configured, UriKind.Absolute, out var own)
        ? own.IdnHost
        : null;

    /// <returns>The credential of somebody from a trusted network; null for all others.</returns>
    /// <exception cref="ApiException"><c>forbidden</c>: another site's page had their browser send this.</exception>
    public Credential? Read(HttpContext context)
    {
        if (
            _networks.Length == 0
            || context.Connection.RemoteIpAddress is not { } client
            || !_networks.Contain(client)
            || _proxies.Contain(client)
            || IsForwarded(context, client)
            || !IsOwnName(context.Request.Host.Host)
        )
        {
            return null;
        }

        return SessionCookie.IsCrossSite(context.Request)
            ? throw new ApiException(
                ApiError.Forbidden,
                "Another site's page sent this request from a trusted network. Use an API key for calls from elsewhere."
            )
            : new Credential("", CredentialKind.Network);
    }

    /// <summary>
    /// An address of somebody else stands behind the client's. What a trusted proxy reports has been taken out of the headers, so what is
    /// left was written by nobody that is trusted; and without a trusted proxy any such header means a proxy that is not one.
    /// </summary>
    private static bool IsForwarded(HttpContext context, IPAddress client)
    {
        var headers = context.Request.Headers;
        return client.Equals(context.Features.Get<Peer>()?.Address)
            ? Forwarded.Any(headers.ContainsKey)
            : headers.ContainsKey(Forwarded[0]);
    }

    /// <summary>
    /// A name that only this network, or the operator, can give. A page elsewhere can point a public name of its own here (DNS
    /// rebinding), and its requests are then of one site for the browser.
    /// </summary>
    private bool IsOwnName(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _)
        || !host.Contains('.', StringComparison.Ordinal)
        || host.Equals(_ownHost, StringComparison.OrdinalIgnoreCase)
        || HomeDomains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
