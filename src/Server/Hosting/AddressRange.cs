using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace Decant.Server.Hosting;

/// <summary>Address ranges of settings.</summary>
internal static class AddressRange
{
    /// <returns>The range, or a single address as one; null for anything else.</returns>
    public static IPNetwork? Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    /// <summary>The address lies in one of the ranges; an IPv4 address that a dual socket writes as IPv6 counts as IPv4.</summary>
    public static bool Contain(this IEnumerable<IPNetwork> ranges, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return ranges.Any(range => range.Contains(plain));
    }
}
