using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Decant.Server.Accounts;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.RateLimits;

/// <summary>Client whose calls are counted together: a key, an account, or an address.</summary>
internal readonly record struct ClientId
{
    private readonly Kind _kind;
    private readonly UInt128 _value;

    private ClientId(Kind kind, UInt128 value) => (_kind, _value) = (kind, value);

    private enum Kind : byte
    {
        Key,
        Account,
        Address,
    }

    /// <summary>Stable on every node.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_kind.ToString().ToLowerInvariant()}:{_value:x}");

    public static ClientId Of(HttpContext context, RateLimit limit) =>
        limit is not (RateLimit.PublicInfo or RateLimit.PublicDownload or RateLimit.SignIn or RateLimit.Unauthenticated)
        && context.TryGetCaller() is { } caller
            ? Of(caller)
            : Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    public static ClientId Of(Caller caller) =>
        caller.ApiKeyId is { } key ? new ClientId(Kind.Key, (UInt128)key) : Of(caller.AccountId);

    /// <summary>An account, whichever credential it shows.</summary>
    public static ClientId Of(long account) => new(Kind.Account, (UInt128)account);

    /// <summary>An IPv6 customer has at least a /64 to choose addresses from, so that is one client.</summary>
    public static ClientId Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes[8..].Clear();
            bytes[15] = 1; // Keeps ::/64 apart from 0.0.0.0.
        }

        return new ClientId(Kind.Address, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
