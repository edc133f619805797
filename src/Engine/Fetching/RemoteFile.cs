using System.Net.Http.Headers;
using System.Text.Json;
using Decant.Engine.Fetching.Files;
using Decant.Engine.Sources;

namespace Decant.Engine.Fetching;

/// <summary>A file on an origin and how to ask for it.</summary>
/// <param name="Url">Address of the file.</param>
/// <param name="Headers">Headers that the origin wants to see.</param>
/// <param name="PieceSize">Ask for this many bytes at a time; null for all at once.</param>
internal sealed record RemoteFile(Uri Url, IReadOnlyDictionary<string, string> Headers, long? PieceSize = null)
{
    /// <summary>Ours to set, or one connection's own: a site's say on them would break ranges, framing or the gate.</summary>
    private static readonly HashSet<string> OurHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Encoding",
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "If-Range",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Range",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    public string Host => Url.IdnHost;

    /// <summary>The address that led here and may lead to a fresh link; null where none did.</summary>
    public Uri? LedFrom { get; init; }

    /// <summary>Size in bytes when the file was last looked into; null where it was not.</summary>
    public long? SeenSize { get; init; }

    public static RemoteFile Of(SourceFormat format) =>
        new(format.Url, format.Headers, ReadPieceSize(format.Raw)) { SeenSize = format.Probe?.Size };

    public HttpRequestMessage Request(HttpMethod method)
    {
        var request = new HttpRequestMessage(method, Url);
        foreach (var (name, value) in Headers.Where(header => !OurHeaders.Contains(header.Key)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return request;
    }

    /// <summary>yt-dlp's word for origins (Google's) that slow a request down once it has had so many bytes.</summary>
    private static long? ReadPieceSize(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.Object
        && raw.TryGetProperty("downloader_options", out var options)
        && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("http_chunk_size", out var size)
        && size.ValueKind == JsonValueKind.Number
        && size.TryGetInt64(out var bytes)
        && bytes > 0
            ? bytes
            : null;
}
