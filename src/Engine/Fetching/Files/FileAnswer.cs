using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;

namespace Decant.Engine.Fetching.Files;

/// <summary>What an origin says it is sending: which part of which version of the file.</summary>
/// <param name="Start">Position of the first byte.</param>
/// <param name="End">Position after the last byte, where known.</param>
/// <param name="Total">Size of the whole file, where known.</param>
/// <param name="Version">What to send as <c>If-Range</c>, where the origin gave something fit for it.</param>
/// <param name="IsAll">All of the file, whatever part was asked for.</param>
internal sealed record FileAnswer(
    long Start,
    long? End,
    long? Total,
    RangeConditionHeaderValue? Version,
    bool IsAll = false
)
{
    /// <summary>Media types that are talk about a file and not the file.</summary>
    private static readonly string[] Pages =
    [
        "text/html",
        "application/xhtml+xml",
        "application/json",
        "application/problem+json",
        "application/xml",
        "text/xml",
    ];

    /// <summary>Part of another version than <paramref name="earlier"/>, as far as either tells.</summary>
    public bool Contradicts(FileAnswer earlier) =>
        (Total is not null && earlier.Total is not null && Total != earlier.Total)
        || (Version is not null && earlier.Version is not null && !Version.Equals(earlier.Version));

    /// <exception cref="FetchException">It is no file, or not the part that was asked for.</exception>
    public static FileAnswer Read(HttpResponseMessage response, long askedFrom, string host, TimeProvider time)
    {
        EnsureSuccess(response, host, time);
        var headers = response.Content.Headers;
        EnsureMedia(headers, host);
        var version = ReadVersion(response);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return headers.ContentLength == 0
                ? throw new FetchException(MediaError.SourceFailed, $"'{host}' answered with an empty file.")
                : new FileAnswer(0, headers.ContentLength, headers.ContentLength, version, IsAll: true);
        }
        var range = headers.ContentRange;
        return range is { Unit: "bytes", From: { } from, To: { } to } && from == askedFrom
            ? new FileAnswer(from, to + 1, range.Length, version)
            : throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' was asked for the file from byte {askedFrom} and answered '{range}'."
            );
    }

    /// <exception cref="FetchException">It is neither a file nor a part of one.</exception>
    public static void EnsureSuccess(HttpResponseMessage response, string host, TimeProvider time)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            var wait = FetchFailure.ReadRetryAfter(response.Headers.RetryAfter, time);
            throw new FetchException(FetchFailure.Of(response.StatusCode, host, wait));
        }
    }

    /// <exception cref="FetchException">A page, or packed in a way that was not asked for.</exception>
    public static void EnsureMedia(HttpContentHeaders headers, string host)
    {
        if (Pages.Contains(headers.ContentType?.MediaType, StringComparer.OrdinalIgnoreCase))
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' answered a page ({headers.ContentType?.MediaType}) instead of media."
            );
        }
        if (headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' answered in the encoding '{string.Join(", ", headers.ContentEncoding)}', which nobody asked for."
            );
        }
    }

    private static RangeConditionHeaderValue? ReadVersion(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag)
        {
            return new RangeConditionHeaderValue(tag);
        }
        return response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date) : null;
    }
}
