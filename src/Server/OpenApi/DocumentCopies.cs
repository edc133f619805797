using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>
/// The OpenAPI document as it is sent. Making it takes over a second of a core and its answers never differ but for the server's
/// address, so it is made once, with a name in the address's place, and kept compressed for the first few addresses.
/// </summary>
internal sealed class DocumentCopies([FromKeyedServices(DocumentCopies.Name)] IOpenApiDocumentProvider documents)
    : IDisposable
{
    public const string Name = "v1";
    public const string Path = $"/openapi/{Name}.json";

    /// <summary>Stands for the server's address while the document is made (RFC 6761: nobody's).</summary>
    public const string Placeholder = "https://decant.invalid";

    /// <summary>A request can name any host; those beyond get the document uncompressed by us, and it is not kept.</summary>
    private const int MostKept = 8;

    /// <summary>Quality of Brotli, of eleven: the higher ones take seconds for the last few per cent.</summary>
    private const int BrotliQuality = 9;

    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private volatile string? _document;

    public static void Map(WebApplication app) =>
        app.MapGet(
                Path,
                (
                    HttpContext context,
                    DocumentCopies copies,
                    PublicOrigin origin,
                    CancellationToken cancellationToken
                ) => copies.SendAsync(context, origin.Of(context.Request), cancellationToken)
            )
            .ExcludeFromDescription();

    public void Dispose() => _turn.Dispose();

    private async Task SendAsync(HttpContext context, string origin, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (!_copies.TryGetValue(origin, out var copy))
        {
            copy = Copy.Of(await MakeAsync(cancellationToken), origin, isKept: _copies.Count < MostKept);
            if (copy.Brotli is not null)
            {
                _copies.TryAdd(origin, copy);
            }
        }

        response.ContentType = "application/json; charset=utf-8";
        response.GetTypedHeaders().ETag = copy.Tag;
        response.Headers.CacheControl = "no-cache";
        if (
            context
                .Request.GetTypedHeaders()
                .IfNoneMatch.Any(known => known.Compare(copy.Tag, useStrongComparison: false))
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (coding, body) = copy.For(context.Request);
        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            response.ContentLength = body.Length;
        }

        await response.Body.WriteAsync(body, cancellationToken);
    }

    private async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        if (_document is { } made)
        {
            return made;
        }

        // Whoever opens the page asks twice at once, for the preload and for the script.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _document ??= await WriteAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAs(
            OpenApiSpecVersion.OpenApi3_1,
            new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true })
        );
        return text.ToString();
    }

    /// <param name="Tag">Weak: the same in whatever content coding it is sent.</param>
    /// <param name="Plain">The document uncompressed.</param>
    /// <param name="Brotli">The document compressed by Brotli; null where it is not kept.</param>
    /// <param name="Gzip">The document compressed by gzip; null where it is not kept.</param>
    private sealed record Copy(EntityTagHeaderValue Tag, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        private const int TagBytes = 12;

        public static Copy Of(string document, string origin, bool isKept)
        {
            var written = JsonEncodedText.Encode(origin).ToString();
            var plain = Encoding.UTF8.GetBytes(document.Replace(Placeholder, written, StringComparison.Ordinal));
            return new Copy(
                new EntityTagHeaderValue(
                    $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(..TagBytes))}\"",
                    isWeak: true
                ),
                plain,
                isKept
                    ? Compress(
                        plain,
                        to => new BrotliStream(
                            to,
                            new BrotliCompressionOptions { Quality = BrotliQuality },
                            leaveOpen: true
                        )
                    )
                    : null,
                isKept
                    ? Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize, leaveOpen: true))
                    : null
            );
        }

        /// <returns>Name of the content coding, null where the pipeline may choose one; and the bytes.</returns>
        public (string? Coding, byte[] Body) For(HttpRequest request)
        {
            var taken = request.GetTypedHeaders().AcceptEncoding;
            bool Takes(string name) =>
                taken.Any(one => one.Quality is not 0 && one.Value.Equals(name, StringComparison.OrdinalIgnoreCase));

            return Brotli is not null && Takes("br") ? ("br", Brotli)
                : Gzip is not null && Takes("gzip") ? ("gzip", Gzip)
                : (null, Plain);
        }

        private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
        {
            using var to = new MemoryStream();
            using (var compressor = open(to))
            {
                compressor.Write(bytes);
            }

            return to.ToArray();
        }
    }
}
