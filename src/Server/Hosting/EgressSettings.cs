using System.ComponentModel.DataAnnotations;
using System.Net;
using Decant.Engine.Egress;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Egress</c>.</summary>
internal sealed class EgressSettings : IValidatableObject
{
    /// <inheritdoc cref="EgressOptions.AllowedNetworks"/>
    public string[] AllowedNetworks { get; init; } = [];

    /// <inheritdoc cref="EgressOptions.Proxy"/>
    public string? Proxy { get; init; }

    /// <inheritdoc cref="EgressOptions.CaFile"/>
    public string? CaFile { get; init; }

    public EgressOptions ToOptions() =>
        new()
        {
            AllowedNetworks = AllowedNetworks,
            Proxy = string.IsNullOrEmpty(Proxy) ? null : new Uri(Proxy),
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

        if (
            !string.IsNullOrEmpty(Proxy)
            && (!Uri.TryCreate(Proxy, UriKind.Absolute, out var proxy) || proxy.Scheme != Uri.UriSchemeHttp)
        )
        {
            yield return new($"'{Proxy}' is no proxy address such as http://proxy.example:3128.", [nameof(Proxy)]);
        }

        if (!string.IsNullOrEmpty(CaFile) && !File.Exists(CaFile))
        {
            yield return new($"there is no file '{CaFile}'.", [nameof(CaFile)]);
        }
    }
}
