using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Decant.Engine.Egress.Loopback;

/// <summary>Answers of our own to a loopback client.</summary>
internal static class HttpReply
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Sends a sentence and closes the connection in a way that lets the client read it.</summary>
    public static async Task RefuseAsync(
        Socket client,
        HttpStatusCode status,
        string sentence,
        CancellationToken cancellationToken,
        string fields = ""
    )
    {
        var body = $"{sentence}\n";
        var head =
            $"HTTP/1.1 {Line(status)}\r\n{fields}Content-Type: text/plain; charset=utf-8\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n";
        await SendAsync(client, Encoding.UTF8.GetBytes(head + body), cancellationToken);
        client.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(DrainTimeout);
        await DrainAsync(client, limit.Token);
    }

    public static string Line(HttpStatusCode status) => $"{(int)status} {ReasonPhrases.GetReasonPhrase((int)status)}";

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    /// <summary>Closing over unread bytes resets the connection and destroys the reply on its way; a body still coming is read, up to a point.</summary>
    private static async Task DrainAsync(Socket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        for (var left = 64; left > 0 && await client.ReceiveAsync(buffer, cancellationToken) > 0; left--) { }
    }
}
