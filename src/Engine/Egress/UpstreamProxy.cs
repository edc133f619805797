using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress.Loopback;
using Decant.Engine.Errors;

namespace Decant.Engine.Egress;

/// <summary>The operator's HTTP proxy, where there is one. Its address is the operator's word and is not checked.</summary>
internal sealed class UpstreamProxy
{
    /// <exception cref="EgressSettingException">Not an <c>http://</c> address.</exception>
    public UpstreamProxy(Uri address, string setting)
    {
        if (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttp || address.Host.Length == 0)
        {
            throw new EgressSettingException(
                setting,
                // The value may hold a password: name the scheme alone.
                $"the address must start with http:// and not '{(address.IsAbsoluteUri ? address.Scheme : "(relative)")}'. Write http://[user:password@]host:port."
            );
        }
        Host = address.IdnHost;
        Port = address.Port;
        Address = new UriBuilder(Uri.UriSchemeHttp, address.Host, Port).Uri;
        if (address.UserInfo.Length > 0)
        {
            var parts = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
            Credentials = new NetworkCredential(parts[0], parts.ElementAtOrDefault(1) ?? "");
            Authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(':', parts)))}";
        }
    }

    public string Host { get; }
    public int Port { get; }

    /// <summary>Address of the proxy, without the credentials.</summary>
    public Uri Address { get; }
    public NetworkCredential? Credentials { get; }

    /// <summary>The value of <c>Proxy-Authorization</c>, where the address has credentials.</summary>
    public string? Authorization { get; }

    /// <summary>Asks the proxy, on a fresh connection to it, for a tunnel to the target.</summary>
    /// <returns>Bytes that came through the tunnel together with the answer.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where the proxy declines.</exception>
    public async Task<ReadOnlyMemory<byte>> OpenTunnelAsync(
        Socket connection,
        EgressTarget target,
        CancellationToken cancellationToken
    )
    {
        var authorization = Authorization is null ? "" : $"Proxy-Authorization: {Authorization}\r\n";
        var request = $"CONNECT {target.Authority} HTTP/1.1\r\nHost: {target.Authority}\r\n{authorization}\r\n";
        await HttpReply.SendAsync(connection, Encoding.Latin1.GetBytes(request), cancellationToken);
        var reader = new HttpHeadReader(connection);
        var status = await ReadStatusAsync(reader, cancellationToken);
        return status.StartsWith('2')
            ? reader.Rest
            : throw new MediaException(
                MediaError.SourceFailed,
                $"The upstream proxy would not connect to '{target.Authority}': it answered {status}."
            );
    }

    private static async Task<string> ReadStatusAsync(HttpHeadReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadAsync(cancellationToken))?.StartLine.Second ?? "nothing";
        }
        catch (HttpHeadException e)
        {
            throw new MediaException(MediaError.SourceFailed, "The upstream proxy does not speak HTTP.", e);
        }
    }
}
