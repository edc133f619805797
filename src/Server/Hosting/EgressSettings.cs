using System.ComponentModel.DataAnnotations;
using System.Net;
using Decant.Engine;
using Decant.Engine.Sources;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Egress</c>.</summary>
internal sealed class EgressSettings : IValidatableObject
{
    /// <summary>Address ranges (CIDR) that may be reached although special, such as <c>127.0.0.0/8</c> for a media server of one's own.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Upstream HTTP proxy for everything that is fetched; names are then resolved there.</summary>
    public string? Proxy { get; set; }

    /// <summary>Proxies that take the place of <see cref="Proxy"/> for one platform's pages and media, by its name in the wire's words: <c>Egress__ProxyByPlatform__youtube</c>.</summary>
    public Dictionary<string, string> ProxyByPlatform { get; set; } = [];

    /// <summary>PEM file of certificate authorities to trust besides the system's.</summary>
    public string? CaFile { get; set; }

    public EgressOptions ToOptions() =>
        new()
        {
            AllowedNetworks = AllowedNetworks,
            Proxy = string.IsNullOrEmpty(Proxy) ? null : new Uri(Proxy),
            ProxyByPlatform = ProxyByPlatform.ToDictionary(entry => entry.Key, entry => new Uri(entry.Value)),
            CaFile = string.IsNullOrEmpty(CaFile) ? null : Path.GetFullPath(CaFile),
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var network in AllowedNetworks)
        {
            if (!IPNetwork.TryParse(network, out _))
            {
                yield return new($"'{network}' is no address range such as 127.0.0.0/8.", [nameof(AllowedNetworks)]);
            }
        }

        foreach (var (platform, address) in ProxyByPlatform)
        {
            var name = $"{nameof(ProxyByPlatform)}__{platform}";
            if (Platform.Named(platform) is not { Domains.Count: > 0 })
            {
                yield return new($"'{platform}' is no platform such as youtube.", [name]);
            }
            else if (!IsProxy(address))
            {
                yield return new($"'{address}' is no proxy address such as http://proxy.example:3128.", [name]);
            }
        }

        if (!string.IsNullOrEmpty(Proxy) && !IsProxy(Proxy))
        {
            yield return new($"'{Proxy}' is no proxy address such as http://proxy.example:3128.", [nameof(Proxy)]);
        }

        if (!string.IsNullOrEmpty(CaFile) && !File.Exists(CaFile))
        {
            yield return new($"there is no file '{CaFile}'.", [nameof(CaFile)]);
        }
    }

    private static bool IsProxy(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var proxy) && proxy.Scheme == Uri.UriSchemeHttp;
}
