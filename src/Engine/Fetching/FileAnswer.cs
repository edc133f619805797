using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>An origin's answer: which part of which version of the file it sends, however oddly it says so.</summary>
/// <param name="Start">Position of the first byte.</param>
/// <param name="End">Position after the last byte, where known.</param>
/// <param name="Total">Size of the whole file, where known.</param>
/// <param name="Version">Version to send as <c>If-Range</c>, where the origin gave something fit for it.</param>
/// <param name="IsAll">True for all of the file, whatever part was asked for.</param>
internal sealed record FileAnswer(
    long Start,
    long? End,
    long? Total,
    RangeConditionHeaderValue? Version,
    bool IsAll = false
)
{
    /// <summary>Part of another version than <paramref name="earlier"/>, as far as either tells.</summary>
    public bool Contradicts(FileAnswer earlier) =>
        (Total is not null && earlier.Total is not null && Total != earlier.Total)
        || (Version is not null && earlier.Version is not null && !Version.Equals(earlier.Version));

    /// <exception cref="FetchException">It is no file, or holds no part that begins at or before the byte that was asked for.</exception>
    public static FileAnswer Read(HttpResponseMessage response, long askedFrom, string host, TimeProvider time)
    {
        EnsureSuccess(response, host, time);
        var headers = response.Content.Headers;
        var version = ReadVersion(response);
        if (headers.ContentLength == 0)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' answered with an empty file.");
        }
        var range = headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.OK && !IsPartOf(range, headers.ContentLength))
        {
            // The length of what is packed says nothing of the file's.
            var size = MediaBody.IsPacked(headers) ? null : headers.ContentLength;
            return new FileAnswer(0, size, size, version, IsAll: true);
        }
        return
            range is { Unit: "bytes", From: { } from, To: { } to }
            && from <= askedFrom
            && askedFrom <= to
            // Ranges of what is packed are not ranges of the file.
            && !MediaBody.IsPacked(headers)
            ? new FileAnswer(from, to + 1, range.Length, version)
            : throw new FetchException(
                new FetchFailure(
                    MediaError.SourceFailed,
                    $"'{host}' was asked for the file from byte {askedFrom} and answered {(range is null ? "a part without saying which" : $"'{range}'")}.",
                    false
                )
                {
                    MayBeAboutRange = true,
                }
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

    /// <summary>A part sent under the status of the whole, as some origins do.</summary>
    private static bool IsPartOf(ContentRangeHeaderValue? range, long? length) =>
        range is { Unit: "bytes", From: { } from, To: { } to } && (length is null || length == to + 1 - from);

    private static RangeConditionHeaderValue? ReadVersion(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag)
        {
            return new RangeConditionHeaderValue(tag);
        }
        return response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date) : null;
    }
}
