namespace Decant.Server.Data;

/// <summary>Hears what is said to all nodes at one place.</summary>
internal interface INodeListener
{
    /// <summary>PostgreSQL's own name for where it is said.</summary>
    string Place { get; }

    void Hear(string message);

    /// <summary>Messages may have been sent while this node could not hear them.</summary>
    void MissSome();
}
