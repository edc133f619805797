using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Proxies</c>.</summary>
internal sealed class ProxySettings : IValidatableObject
{
    /// <summary>Address ranges (<c>10.0.0.0/8</c>) or addresses of reverse proxies whose word about the client is taken; none otherwise.</summary>
    public string[] Trusted { get; init; } = [];

    public IEnumerable<IPNetwork> Networks => Trusted.Select(AddressRange.Read).OfType<IPNetwork>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Trusted
            .Where(text => AddressRange.Read(text) is null)
            .Select(text => new ValidationResult(
                $"'{text}' is no address or address range such as 10.0.0.0/8.",
                [nameof(Trusted)]
            ));
}

/// <summary>The other end of the request's connection, whatever is said of the client since.</summary>
/// <param name="Address">Address of the peer; null where the connection has none, as on a Unix socket.</param>
internal sealed record Peer(IPAddress? Address);

internal static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ProxySettings>("Proxies");
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ProxySettings>>((headers, proxies) => Trust(headers, [.. proxies.Value.Networks]));
    }

    /// <summary>
    /// From here on the client's address is the one that trusted proxies report: <c>X-Forwarded-For</c> is read from its right
    /// end, as far as the senders are trusted. So are scheme and host, for links. From anybody else these headers mean nothing.
    /// </summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Features.Set(new Peer(context.Connection.RemoteIpAddress));
                return next(context);
            }
        );
        app.UseForwardedHeaders();
    }

    private static void Trust(ForwardedHeadersOptions headers, IReadOnlyList<IPNetwork> networks)
    {
        // The framework takes two empty lists for "everybody", and by default believes any neighbour on the machine.
        headers.ForwardedHeaders =
            networks.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            headers.KnownIPNetworks.Add(network);
        }
    }
}
