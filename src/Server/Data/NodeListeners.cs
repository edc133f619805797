namespace Decant.Server.Data;

/// <summary>Listeners of this node, each at its place.</summary>
internal sealed class NodeListeners(IEnumerable<INodeListener> listeners)
{
    private readonly Dictionary<string, INodeListener> _listeners = listeners.ToDictionary(one => one.Place);

    public IEnumerable<string> Places => _listeners.Keys;

    /// <summary>Passes on a message, from here or from elsewhere.</summary>
    public void Hear(string place, string message) => _listeners[place].Hear(message);

    /// <summary>Messages may have been sent while this node could not hear them.</summary>
    public void MissSome()
    {
        foreach (var listener in _listeners.Values)
        {
            listener.MissSome();
        }
    }
}
