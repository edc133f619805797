using Decant.Engine.Probing;

namespace Decant.Engine.Children.Sandbox;

/// <summary>The little of this machine that a child sees beside its working directory, its program and the system's libraries.</summary>
/// <param name="Options">Of its sandbox.</param>
internal sealed record ChildAccess(SandboxOptions Options)
{
    /// <summary>Files and directories it reads.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Loopback ports it connects to.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <param name="options">Of the engine.</param>
    /// <param name="inputs">Files, addresses of our own relays, and <see cref="Demuxers.Mp3Pipe"/>.</param>
    public static ChildAccess To(EngineOptions options, params IEnumerable<string> inputs)
    {
        var relays = inputs.ToLookup(Demuxers.IsRelay);
        return new ChildAccess(options.Sandbox)
        {
            Reads = [.. relays[false].Where(input => input != Demuxers.Mp3Pipe)],
            Ports = [.. relays[true].Select(relay => new Uri(relay).Port).Distinct()],
        };
    }
}
