namespace Decant.Engine;

/// <summary>Settings of the egress gate.</summary>
public sealed record EgressOptions
{
    /// <summary>Ranges (CIDR) that may be reached although special, such as <c>127.0.0.0/8</c> for a media server of one's own.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>An upstream HTTP proxy for everything that is fetched; names are then resolved there.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Proxies that take the place of <see cref="Proxy"/> for one platform's pages and media, by its name in the wire's words.</summary>
    public IReadOnlyDictionary<string, Uri> ProxyByPlatform { get; init; } = new Dictionary<string, Uri>();

    /// <summary>PEM file of certificate authorities to trust besides the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Authorities' file is read in the background: the start does not wait for it, and what is wrong with it is thrown at its first use.</summary>
    public bool DefersAuthorities { get; init; }
}
