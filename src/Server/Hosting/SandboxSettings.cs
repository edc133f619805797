using System.ComponentModel.DataAnnotations;
using Decant.Engine;

namespace Decant.Server.Hosting;

/// <summary>Settings under <c>Sandbox</c>.</summary>
internal sealed class SandboxSettings
{
    /// <summary>Whether the server refuses to start where a layer of the sandbox does not hold.</summary>
    public bool Required { get; init; }

    /// <summary>The first of 500 user numbers that a server run as root gives its children.</summary>
    [Range(1000, int.MaxValue - 1000)]
    [Unit("user number")]
    public int FirstUser { get; init; } = new SandboxOptions().FirstUser;

    public SandboxOptions ToOptions() => new() { Required = Required, FirstUser = FirstUser };
}
