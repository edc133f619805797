using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Unicode;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Fetching;

/// <summary>The body of an answer that should hold media: unpacked where the origin packed it unasked, and told from a page by its bytes.</summary>
internal static class MediaBody
{
    /// <summary>Bytes enough to tell markup from media (https://mimesniff.spec.whatwg.org looks at three times as many).</summary>
    private const int BeginningBytes = 512;

    /// <summary>Media types that pages have, and media of servers that know no better.</summary>
    private static readonly string[] Pages =
    [
        "text/html",
        "application/xhtml+xml",
        "application/json",
        "application/problem+json",
        "application/xml",
        "text/xml",
    ];

    /// <summary>Whether the body is compressed (<c>Content-Encoding</c>).</summary>
    public static bool IsPacked(HttpContentHeaders headers) =>
        headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    /// <param name="response">An answer whose head has come.</param>
    /// <param name="isBeginning">True where its body begins with the file: only there a page can be told from media.</param>
    /// <param name="host">Host for the failure's sentence.</param>
    /// <param name="cancellationToken">Token that ends the reading.</param>
    /// <returns>The file's own bytes; whoever is given it disposes of it.</returns>
    /// <exception cref="FetchException">It is a page, or packed in a way that is not known.</exception>
    public static async Task<Stream> OpenAsync(
        HttpResponseMessage response,
        bool isBeginning,
        string host,
        CancellationToken cancellationToken
    )
    {
        var headers = response.Content.Headers;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        foreach (var encoding in headers.ContentEncoding.Reverse())
        {
            body = Unpack(body, encoding, host);
        }
        var type = headers.ContentType?.MediaType;
        if (!isBeginning || !Pages.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return body;
        }
        var beginning = new byte[BeginningBytes];
        var read = await body.ReadAtLeastAsync(beginning, BeginningBytes, throwOnEndOfStream: false, cancellationToken);
        return IsText(beginning.AsSpan(0, read))
            ? throw new FetchException(MediaError.SourceFailed, $"'{host}' answered a page ({type}) instead of media.")
            : new PrefixedStream(beginning.AsMemory(0, read), body);
    }

    /// <summary>True where the beginning is text: every media format has bytes near its beginning that no text has.</summary>
    private static bool IsText(ReadOnlySpan<byte> beginning) =>
        !beginning.ContainsAnyInRange((byte)0x00, (byte)0x08)
        && !beginning.ContainsAnyInRange((byte)0x0e, (byte)0x1a)
        && (IsUtf8(beginning) || beginning.TrimStart(" \t\r\n"u8).StartsWith("<"u8));

    /// <summary>The last character may be cut.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[BeginningBytes];
        return Utf8.ToUtf16(text, characters, out _, out _, replaceInvalidSequences: false, isFinalBlock: false)
            is not OperationStatus.InvalidData;
    }

    private static Stream Unpack(Stream body, string encoding, string host) =>
        encoding.ToLowerInvariant() switch
        {
            "identity" => body,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' answered in the encoding '{encoding}', which nobody asked for and which is not known."
            ),
        };
}
