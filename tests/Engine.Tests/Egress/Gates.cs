using System.Net;
using Decant.Engine.Egress;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Egress;

internal static class Gates
{
    /// <summary>Reaches 127.0.0.1 and nothing else of this machine: what lies on 127.0.0.2 is the inside.</summary>
    public static EgressGate Open(EgressOptions? options = null) =>
        new(options ?? new EgressOptions { AllowedNetworks = ["127.0.0.1/32"] }, NullLoggerFactory.Instance);

    public static EgressGate OpenResolving(Func<string, string[]> resolve, EgressOptions? options = null) =>
        new(
            options ?? new EgressOptions { AllowedNetworks = ["127.0.0.1/32"] },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            (host, _) => Task.FromResult<IPAddress[]>([.. resolve(host).Select(IPAddress.Parse)])
        );
}
