using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress;

namespace Decant.Engine.Tests.Egress;

/// <summary>Says to a lease's proxy exactly what a test wants said.</summary>
internal static class RawClient
{
    public static string Authorization(EgressLease lease) =>
        $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(lease.Proxy.UserInfo))}";

    public static async Task<string> AskAsync(EgressLease lease, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(lease.Proxy.Host, lease.Proxy.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
