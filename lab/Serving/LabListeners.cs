using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Decant.Lab.Serving;

/// <summary>The lab's listeners; their ports are known once it runs.</summary>
internal sealed class LabListeners
{
    private ListenOptions? _origin;
    private ListenOptions? _proxy;
    private ListenOptions? _internal;

    public int OriginPort => Port(_origin);
    public int ProxyPort => Port(_proxy);
    public int InternalPort => Port(_internal);

    public void Origin(ListenOptions listen) => _origin = Http1(listen);

    public void Proxy(ListenOptions listen) => _proxy = Http1(listen);

    public void Internal(ListenOptions listen) => _internal = Http1(listen);

    private static ListenOptions Http1(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        return listen;
    }

    // Kestrel puts the bound port here when it was asked for any.
    private static int Port(ListenOptions? listen) =>
        listen?.IPEndPoint?.Port ?? throw new InvalidOperationException("The lab does not listen yet.");
}
