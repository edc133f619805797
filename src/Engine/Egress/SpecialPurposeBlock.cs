using System.Net;

namespace Decant.Engine.Egress;

/// <summary>A block of IANA's special-purpose address registries, or of a registry beside them.</summary>
/// <param name="Network">The range.</param>
/// <param name="Name">IANA's name for it.</param>
/// <param name="Source">The document that set it apart.</param>
/// <param name="Reachable">IANA calls it globally reachable.</param>
internal sealed record SpecialPurposeBlock(IPNetwork Network, string Name, string Source, bool Reachable)
{
    /// <summary>
    /// https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, in full, with the multicast
    /// and retired ranges that have registries of their own. A reachable row inside one that is not stays refused:
    /// those are anycast services of the network itself (192.0.0.9, 2001:1::1), and no medium lives there.
    /// </summary>
    public static readonly IReadOnlyList<SpecialPurposeBlock> All =
    [
        Refused("0.0.0.0/8", "this network", "RFC 791"),
        Refused("10.0.0.0/8", "private use", "RFC 1918"),
        Refused("100.64.0.0/10", "shared address space", "RFC 6598"),
        Refused("127.0.0.0/8", "loopback", "RFC 1122"),
        Refused("169.254.0.0/16", "link local", "RFC 3927"),
        Refused("172.16.0.0/12", "private use", "RFC 1918"),
        Refused("192.0.0.0/24", "IETF protocol assignments", "RFC 6890"),
        Refused("192.0.0.0/29", "IPv4 service continuity", "RFC 7335"),
        Refused("192.0.0.8/32", "IPv4 dummy address", "RFC 7600"),
        Reached("192.0.0.9/32", "port control protocol anycast", "RFC 7723"),
        Reached("192.0.0.10/32", "TURN anycast", "RFC 8155"),
        Refused("192.0.0.170/32", "NAT64/DNS64 discovery", "RFC 8880"),
        Refused("192.0.0.171/32", "NAT64/DNS64 discovery", "RFC 8880"),
        Refused("192.0.2.0/24", "documentation", "RFC 5737"),
        Reached("192.31.196.0/24", "AS112-v4", "RFC 7535"),
        Reached("192.52.193.0/24", "AMT", "RFC 7450"),
        Refused("192.88.99.0/24", "6to4 relay anycast", "RFC 7526"),
        Refused("192.168.0.0/16", "private use", "RFC 1918"),
        Reached("192.175.48.0/24", "direct delegation AS112", "RFC 7534"),
        Refused("198.18.0.0/15", "benchmarking", "RFC 2544"),
        Refused("198.51.100.0/24", "documentation", "RFC 5737"),
        Refused("203.0.113.0/24", "documentation", "RFC 5737"),
        Refused("224.0.0.0/4", "multicast", "RFC 5771"),
        Refused("240.0.0.0/4", "reserved", "RFC 1112"),
        Refused("255.255.255.255/32", "limited broadcast", "RFC 8190"),
        // Not IANA's: the host side of every Azure machine answers here, with its secrets, on an address that looks public.
        Refused(
            "168.63.129.16/32",
            "Azure host",
            "https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16"
        ),
        Refused("::1/128", "loopback", "RFC 4291"),
        Refused("::/128", "unspecified", "RFC 4291"),
        Refused("::/96", "IPv4-compatible", "RFC 4291"),
        // Mapped addresses are read as IPv4 before they get here; a row for whoever asks about the range itself.
        Refused("::ffff:0:0/96", "IPv4-mapped", "RFC 4291"),
        // Reachable where a translator stands; the address inside decides (see AddressPolicy.Unwrap).
        Reached("64:ff9b::/96", "IPv4-IPv6 translation", "RFC 6052"),
        Refused("64:ff9b:1::/48", "local-use IPv4/IPv6 translation", "RFC 8215"),
        Refused("100::/64", "discard only", "RFC 6666"),
        Refused("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        Refused("2001::/23", "IETF protocol assignments", "RFC 2928"),
        Refused("2001::/32", "Teredo", "RFC 4380"),
        Reached("2001:1::1/128", "port control protocol anycast", "RFC 7723"),
        Reached("2001:1::2/128", "TURN anycast", "RFC 8155"),
        Reached("2001:1::3/128", "DNS-SD service registration anycast", "RFC 9665"),
        Refused("2001:2::/48", "benchmarking", "RFC 5180"),
        Reached("2001:3::/32", "AMT", "RFC 7450"),
        Reached("2001:4:112::/48", "AS112-v6", "RFC 7535"),
        Refused("2001:10::/28", "ORCHID", "RFC 4843"),
        Reached("2001:20::/28", "ORCHIDv2", "RFC 7343"),
        Reached("2001:30::/28", "drone remote ID", "RFC 9374"),
        Refused("2001:db8::/32", "documentation", "RFC 3849"),
        // IANA says neither; the address inside decides.
        Reached("2002::/16", "6to4", "RFC 3056"),
        Reached("2620:4f:8000::/48", "direct delegation AS112", "RFC 7534"),
        Refused("3fff::/20", "documentation", "RFC 9637"),
        Refused("5f00::/16", "segment routing identifiers", "RFC 9602"),
        Refused("fc00::/7", "unique local", "RFC 4193"),
        Refused("fe80::/10", "link local", "RFC 4291"),
        Refused("fec0::/10", "site local", "RFC 3879"),
        Refused("ff00::/8", "multicast", "RFC 4291"),
    ];

    private static SpecialPurposeBlock Refused(string network, string name, string source) =>
        new(IPNetwork.Parse(network), name, source, Reachable: false);

    private static SpecialPurposeBlock Reached(string network, string name, string source) =>
        new(IPNetwork.Parse(network), name, source, Reachable: true);
}
