using System.Text;
using System.Text.Json;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Messages of one line each, over a stream that somebody else's process writes to.</summary>
internal static class LineStream
{
    private const byte End = (byte)'\n';

    /// <returns>Null where the other end closed before the line was whole, or says more than that.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static async Task<JsonElement?> ReadLineAsync(
        this Stream stream,
        int longest,
        CancellationToken cancellationToken
    )
    {
        using var line = new MemoryStream();
        var part = new byte[1 << 16];
        while (await stream.ReadAsync(part, cancellationToken) is > 0 and var length)
        {
            await line.WriteAsync(part.AsMemory(0, length), cancellationToken);
            if (part[length - 1] == End)
            {
                using var document = JsonDocument.Parse(line.GetBuffer().AsMemory(0, (int)line.Length));
                return document.RootElement.Clone();
            }

            if (line.Length > longest)
            {
                break;
            }
        }

        return null;
    }

    public static async Task WriteLineAsync(this Stream stream, string line, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
}
