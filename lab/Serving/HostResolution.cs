using System.Net;

namespace Decant.Lab.Serving;

/// <summary>Decides which site a request is for: by the listener it came to and the name it asked for.</summary>
internal sealed class HostResolution(LabListeners listeners)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var asked = request.Host;
        var throughProxy = context.Connection.LocalPort == listeners.ProxyPort;
        var authority = asked.HasValue ? asked.Value : $"127.0.0.1:{context.Connection.LocalPort}";
        context.Features.Set(new Arrival(new Uri($"{request.Scheme}://{authority}/"), throughProxy));
        request.Host = new HostString(SiteOf(asked, context.Connection.LocalPort));
        return next(context);
    }

    private string SiteOf(HostString asked, int localPort)
    {
        if (localPort == listeners.InternalPort)
        {
            return SiteNames.Internal[0];
        }

        if (localPort == listeners.OriginPort)
        {
            return SiteNames.Origin[0];
        }

        var host = asked.Host.TrimEnd('.').ToLowerInvariant();
        if (!IsLocal(host))
        {
            return host;
        }

        return asked.Port == listeners.OriginPort ? SiteNames.Origin[0] : SiteNames.Internal[0];
    }

    private static bool IsLocal(string host) =>
        IPAddress.TryParse(host, out _)
        || !host.Contains('.', StringComparison.Ordinal)
        || host.EndsWith(".localhost", StringComparison.Ordinal)
        || host.EndsWith(".internal", StringComparison.Ordinal);
}
