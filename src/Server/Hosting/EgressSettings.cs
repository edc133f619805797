using System.ComponentModel.DataAnnotations;
using System.Net;
using Decant.Engine;
using Decant.Engine.Sources;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Egress</c>.</summary>
internal sealed class EgressSettings : IValidatableObject
{
    /// <inheritdoc cref="EgressOptions.AllowedNetworks"/>
    public string[] AllowedNetworks { get; init; } = [];

    /// <inheritdoc cref="EgressOptions.Proxy"/>
    public string? Proxy { get; init; }

    /// <inheritdoc cref="EgressOptions.ProxyByPlatform"/>
    public Dictionary<string, string> ProxyByPlatform { get; init; } = [];

    /// <inheritdoc cref="EgressOptions.CaFile"/>
    public string? CaFile { get; init; }

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
