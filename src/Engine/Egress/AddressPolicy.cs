using System.Net;
using System.Net.Sockets;

namespace Decant.Engine.Egress;

/// <summary>Address policy: globally reachable addresses, and those that the operator allowed besides.</summary>
internal sealed class AddressPolicy
{
    /// <summary>All global unicast IPv6 is assigned from here (RFC 4291, section 2.4); what lies outside is special or nobody's.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IReadOnlyList<IPNetwork> _allowed;

    /// <exception cref="EgressSettingException">A range that is not one.</exception>
    public AddressPolicy(IReadOnlyList<string> allowedNetworks) => _allowed = [.. allowedNetworks.Select(ParseNetwork)];

    /// <summary>Reason for which the address may not be reached, for a person; null when it may.</summary>
    public string? Refusal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
        {
            return $"{address} is bound to one network interface";
        }
        if (IsExempt(address))
        {
            return null;
        }
        var plain = Plain(address);
        if (Unwrap(plain) is { } inner && RefusalOfPlain(inner) is { } innerRefusal)
        {
            return $"{plain} leads to {inner}, and {innerRefusal}";
        }
        return RefusalOfPlain(plain);
    }

    /// <summary>The operator named the address, or the one inside it, as reachable.</summary>
    public bool IsExempt(IPAddress address)
    {
        var plain = Plain(address);
        var inner = Unwrap(plain);
        return _allowed.Any(network => network.Contains(plain) || (inner is not null && network.Contains(inner)));
    }

    /// <summary>The IPv4 address that a tunnel or translator would hand the connection on to.</summary>
    private static IPAddress? Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }
        var bytes = address.GetAddressBytes();
        if (SixToFour.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }
        if (Teredo.Contains(address))
        {
            // The client's address is stored inverted (RFC 4380, section 4).
            return new IPAddress([.. bytes[12..].Select(part => (byte)~part)]);
        }
        return Translated.Contains(address) || Compatible.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4)) : null;
    }

    private static string? RefusalOfPlain(IPAddress address)
    {
        var row = SpecialPurposeBlock.All.FirstOrDefault(block => !block.Reachable && block.Network.Contains(address));
        if (row is not null)
        {
            return $"{address} is a special address ({row.Name}, {row.Network}, {row.Source})";
        }
        var isUnassigned =
            address.AddressFamily == AddressFamily.InterNetworkV6
            && !GlobalUnicast.Contains(address)
            && !Translated.Contains(address);
        return isUnassigned ? $"{address} is outside the global unicast range ({GlobalUnicast}, RFC 4291)" : null;
    }

    /// <summary>A mapped address is the same address in other clothes: the system connects over IPv4.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork ParseNetwork(string text, int index) =>
        IPNetwork.TryParse(text, out var network)
            ? network
            : throw new EgressSettingException(
                $"Egress__AllowedNetworks__{index}",
                $"'{text}' is not an address range. Write the first address and the prefix length, such as 127.0.0.0/8."
            );
}
