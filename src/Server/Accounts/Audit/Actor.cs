using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts.Audit;

/// <summary>The actor of an audited event, with its address.</summary>
/// <param name="AccountId">Account; null for somebody unknown.</param>
/// <param name="ApiKeyId">API key of the call, where it was made with one.</param>
/// <param name="Address">The client's address.</param>
internal sealed record Actor(long? AccountId, long? ApiKeyId, string? Address)
{
    public static readonly Actor Server = new(null, null, null);

    /// <summary>The address, or the /64 of one that an IPv6 customer may choose from.</summary>
    public string Network =>
        IPAddress.TryParse(Address, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : Address ?? "";

    public static Actor Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var caller = context.TryGetCaller();
        return new Actor(
            caller?.AccountId,
            caller?.ApiKeyId,
            (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString()
        );
    }
}
