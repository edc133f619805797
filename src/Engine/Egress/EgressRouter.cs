using System.Net;
using Decant.Engine.Errors;

namespace Decant.Engine.Egress;

/// <summary>Route of a target, decided before a byte is sent: refused, direct, or through the upstream proxy.</summary>
internal sealed class EgressRouter(AddressPolicy policy, Upstreams upstreams) : IWebProxy
{
    public Upstreams Upstreams => upstreams;

    /// <summary>Refuses what can be refused without a look-up.</summary>
    /// <exception cref="MediaException"><c>blocked_address</c></exception>
    public void Check(EgressTarget target)
    {
        if (target.Addresses is { } addresses)
        {
            _ = Reachable(target, addresses);
        }
    }

    /// <summary>The addresses of a target that may be reached.</summary>
    /// <remarks>
    /// One refused address among several does not condemn the name: honest dual-stack names carry a private address for those
    /// inside. It is safe, since a connection goes to one of the addresses returned here and never to the name.
    /// </remarks>
    /// <exception cref="MediaException"><c>blocked_address</c> where none may be.</exception>
    public IReadOnlyList<IPAddress> Reachable(EgressTarget target, IReadOnlyList<IPAddress> addresses)
    {
        var reachable = addresses.Where(address => policy.Refusal(address) is null).ToList();
        if (reachable.Count > 0)
        {
            return reachable;
        }
        // Where a name leads inside is not for strangers to learn; a literal address they wrote themselves.
        var reason = target.Addresses is null
            ? "it leads to a private, loopback or otherwise special address"
            : policy.Refusal(addresses[0]);
        throw new MediaException(MediaError.BlockedAddress, $"'{target.Host}' is not reachable from here: {reason}.");
    }

    /// <summary>An address the operator allowed by number is on our side of the upstream proxy; everything else is on its far side.</summary>
    public UpstreamProxy? UpstreamFor(EgressTarget target) =>
        target.Addresses?.Any(policy.IsExempt) is true ? null : upstreams.For(target.Host);

    ICredentials? IWebProxy.Credentials
    {
        get => upstreams.Credentials;
        set => throw new NotSupportedException("The credentials come with Egress__Proxy.");
    }

    Uri? IWebProxy.GetProxy(Uri destination) => UpstreamFor(EgressTarget.Of(destination))?.Address;

    bool IWebProxy.IsBypassed(Uri host) => UpstreamFor(EgressTarget.Of(host)) is null;
}
