using System.Net.Sockets;

namespace Decant.Engine.Egress.Loopback;

/// <summary>Reads one head from a socket, and keeps what came behind it.</summary>
internal sealed class HttpHeadReader(Socket socket)
{
    private byte[] _buffer = new byte[4096];
    private int _filled;
    private int _headEnd;

    /// <summary>Bytes received past the head.</summary>
    public ReadOnlyMemory<byte> Rest => _buffer.AsMemory(_headEnd, _filled - _headEnd);

    /// <returns>Null when the other end closed without sending anything.</returns>
    /// <exception cref="HttpHeadException">Too long, cut short, or not HTTP.</exception>
    public async Task<HttpHead?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                _headEnd = end + 4;
                return HttpHead.Parse(_buffer.AsSpan(0, end));
            }
            if (_filled == _buffer.Length)
            {
                if (_filled >= HttpHead.MaxBytes)
                {
                    throw new HttpHeadException($"The head is longer than {HttpHead.MaxBytes} bytes.");
                }
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (received == 0)
            {
                return _filled == 0 ? null : throw new HttpHeadException("The head is cut short.");
            }
            _filled += received;
        }
    }
}
