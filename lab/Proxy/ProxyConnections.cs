using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Lab.Proxy;

/// <summary>
/// The forward proxy, as a layer below HTTP on one listener: a CONNECT is answered here and what follows is taken for the host itself,
/// with TLS ended under a minted certificate. Requests in absolute form pass through; Kestrel understands them.
/// </summary>
internal sealed class ProxyConnections(LeafCertificates leaves)
{
    private const byte TlsHandshake = 0x16;
    private const int LongestHead = 16 * 1024;

    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        if (!await BeginsWithAsync(input, "CONNECT "u8.ToArray(), connection.ConnectionClosed))
        {
            await next(connection);
            return;
        }

        if (await ReadTargetAsync(input, connection.ConnectionClosed) is not { } target)
        {
            await connection.Transport.Output.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            return;
        }

        await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
        if (await BeginsWithAsync(input, [TlsHandshake], connection.ConnectionClosed))
        {
            await ServeTlsAsync(connection, target, next);
        }
        else
        {
            await next(connection);
        }
    }

    private async Task ServeTlsAsync(ConnectionContext connection, string target, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new DuplexPipeStream(plain));
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                    ValueTask.FromResult(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificateContext = leaves.For(
                                string.IsNullOrEmpty(hello.ServerName) ? target : hello.ServerName
                            ),
                        }
                    ),
                null,
                connection.ConnectionClosed
            );
        }
        catch (Exception exception)
            when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            // The client does not trust the lab, or has gone. Its own error says so better than ours could.
            return;
        }

        connection.Transport = new DuplexPipe(PipeReader.Create(tls), PipeWriter.Create(tls));
        connection.Features.Set<ITlsConnectionFeature>(new NoClientCertificate());
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
        }
    }

    private static async Task<bool> BeginsWithAsync(
        PipeReader input,
        byte[] prefix,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var compared = buffer.Slice(0, Math.Min(buffer.Length, prefix.Length)).ToArray();
            var same = prefix.AsSpan().StartsWith(compared);
            var decided = !same || compared.Length == prefix.Length || read.IsCompleted;
            input.AdvanceTo(buffer.Start, decided ? buffer.Start : buffer.End);
            if (decided)
            {
                return same && compared.Length == prefix.Length;
            }
        }
    }

    /// <summary>Takes the head of a CONNECT off the connection; the host it names, or null where it is malformed.</summary>
    private static async Task<string?> ReadTargetAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var reader = new SequenceReader<byte>(read.Buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> head, "\r\n\r\n"u8))
            {
                var words = Encoding.ASCII.GetString(head).Split(' ', 3);
                input.AdvanceTo(reader.Position);
                return words.Length == 3 && Uri.TryCreate($"tcp://{words[1]}", UriKind.Absolute, out var target)
                    ? target.IdnHost
                    : null;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > LongestHead)
            {
                return null;
            }
        }
    }
}
