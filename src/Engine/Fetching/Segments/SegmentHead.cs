using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Segments;

/// <summary>An origin's description of a segment, before its bytes or a part of them.</summary>
/// <param name="From">Position in the segment at which the answer begins.</param>
/// <param name="Size">Size of the whole segment; null where the origin does not say.</param>
/// <param name="HasRanges">Other parts of it can be asked for.</param>
/// <param name="Version">Version for <c>If-Range</c>; null where there is nothing fit for it.</param>
internal sealed record SegmentHead(long From, long? Size, bool HasRanges, RangeConditionHeaderValue? Version)
{
    /// <summary>The same without what stands before the media: the rest comes in one piece.</summary>
    public SegmentHead Without(int skipped) =>
        skipped == 0 ? this : this with { Size = Size - skipped, HasRanges = false };

    /// <param name="segment">Segment to ask for.</param>
    /// <param name="share">Share of it to ask for.</param>
    /// <param name="headers">Headers that the origin wants to see.</param>
    /// <param name="whole">Ask for all of it, whatever part is wanted.</param>
    public static HttpRequestMessage Ask(
        Segment segment,
        SegmentShare share,
        IReadOnlyDictionary<string, string> headers,
        bool whole
    )
    {
        var request = new RemoteFile(segment.Url, headers).Request(HttpMethod.Get);
        var start = whole ? 0 : share.Claim.Start;
        if (segment.Part is { } part)
        {
            var end = start == 0 ? part.End : part.Start + share.Claim.End;
            request.Headers.Range = new RangeHeaderValue(part.Start + start, end - 1);
        }
        else if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, share.Claim.End - 1);
            request.Headers.IfRange = share.Segment.Version;
        }
        return request;
    }

    /// <exception cref="FetchException">It is neither the segment nor the part of it that was asked for.</exception>
    public static SegmentHead Read(HttpResponseMessage response, Segment segment, string host, TimeProvider time)
    {
        FileAnswer.EnsureSuccess(response, host, time);
        var headers = response.Content.Headers;
        if (MediaBody.IsPacked(headers) && (response.StatusCode != HttpStatusCode.OK || segment.Part is not null))
        {
            // Ranges of what is packed are not ranges of the segment.
            throw new FetchException(MediaError.SourceFailed, $"'{host}' does not keep to ranges.", tryAgain: true);
        }
        // Not the date: who makes segments as they are asked for dates each answer anew.
        var version = response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag) : null;
        var asked = response.RequestMessage?.Headers.Range?.Ranges.First();
        if (response.StatusCode == HttpStatusCode.OK && segment.Part is null)
        {
            return headers.ContentLength != 0
                ? MediaBody.IsPacked(headers)
                    ? new SegmentHead(0, null, false, null)
                    : new SegmentHead(
                        0,
                        headers.ContentLength,
                        response.Headers.AcceptRanges.Contains("bytes"),
                        version
                    )
                : throw new FetchException(MediaError.SourceFailed, $"'{host}' sent an empty segment.", tryAgain: true);
        }
        if (headers.ContentRange?.From is not { } from || from != asked?.From)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' does not keep to ranges.");
        }
        var expected = asked.To + 1 - from;
        if (headers.ContentLength is { } length && length != expected)
        {
            throw Odd(host, length, expected);
        }
        return segment.Part is { } part
            ? new SegmentHead(from - part.Start, part.End - part.Start, true, version)
            : new SegmentHead(from, headers.ContentRange.Length, true, version);
    }

    private static FetchException Odd(string host, long length, long? expected) =>
        new(
            MediaError.SourceFailed,
            expected is null
                ? $"'{host}' sends an empty segment."
                : $"'{host}' sends {length} bytes of a segment of {expected}.",
            tryAgain: true
        );
}
