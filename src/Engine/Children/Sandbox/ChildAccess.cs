namespace Decant.Engine.Children.Sandbox;

/// <summary>The little of this machine that a child sees beside its working directory, its program and the system's libraries.</summary>
/// <param name="Options">Options of its sandbox.</param>
internal sealed record ChildAccess(SandboxOptions Options)
{
    /// <summary>Files and directories it reads.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Loopback ports it connects to.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];
}
