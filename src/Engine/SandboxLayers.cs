namespace Decant.Engine;

/// <summary>Layers of a child's sandbox, each of which holds without the others (<c>forkserver/sandbox.h</c>).</summary>
[Flags]
internal enum SandboxLayers
{
    None = 0,

    /// <summary>The files it sees (Landlock 1: Linux 5.13).</summary>
    Files = 1,

    /// <summary>The loopback ports it connects to (Landlock 4: Linux 6.7).</summary>
    Ports = 2,

    /// <summary>Signals and abstract sockets of others (Landlock 6: Linux 6.12).</summary>
    Scope = 4,

    /// <summary>System calls (seccomp).</summary>
    Calls = 8,

    /// <summary>Capabilities.</summary>
    Privileges = 16,

    /// <summary>A user of the run's own in place of root, where the server is root.</summary>
    User = 32,

    /// <summary>Memory, processor time, processes, open files.</summary>
    Limits = 64,

    /// <summary>No open descriptors but the child's own streams.</summary>
    Descriptors = 128,

    All = Files | Ports | Scope | Calls | Privileges | User | Limits | Descriptors,
}
