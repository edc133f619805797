using System.Net.Sockets;
using System.Text;

namespace Decant.Server.Tests.Fuzz;

/// <summary>Ten megabytes to an operation, by a client that listens only after it has tried to send all of them.</summary>
internal static class Flood
{
    private const int Bytes = 10_000_000;
    private const int Chunk = 0x10000;

    /// <returns>The answer, heading and all.</returns>
    public static async Task<string> SendAsync(
        Uri server,
        Operation operation,
        Targets targets,
        bool isAnnounced,
        CancellationToken cancellationToken
    )
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = client.GetStream();
        var path = operation.Path.Replace("{id}", "1", StringComparison.Ordinal);
        var length = isAnnounced ? $"Content-Length: {Bytes}" : "Transfer-Encoding: chunked";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{operation.Method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\nX-API-Key: {targets.KeyFor(operation)}\r\n"
                    + $"Content-Type: {operation.ContentType}\r\nConnection: close\r\n{length}\r\n\r\n"
            ),
            cancellationToken
        );
        var text = Encoding.ASCII.GetBytes(new string('1', Chunk));
        byte[] part = isAnnounced ? text : [.. Encoding.ASCII.GetBytes($"{Chunk:x}\r\n"), .. text, .. "\r\n"u8];
        try
        {
            for (var sent = 0; sent < Bytes; sent += Chunk)
            {
                await stream.WriteAsync(part, cancellationToken);
            }
        }
        catch (IOException)
        {
            // The server has hung up; what it said before that is what counts.
        }

        return await ReadAsync(stream, cancellationToken);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Cut off with bytes of ours unread: the end of the answer like any other.
        }

        return answer.ToString();
    }
}
