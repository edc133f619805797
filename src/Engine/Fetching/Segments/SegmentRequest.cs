using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Brings one small thing into memory: a segment, a key, a playlist.</summary>
internal sealed class SegmentRequest(
    HttpClient http,
    IReadOnlyDictionary<string, string> headers,
    FetchLimits limits,
    TimeProvider time
)
{
    /// <summary>Largest segment in bytes: ten seconds of 4K take a third of it.</summary>
    public const int MostBytes = 64 << 20;

    /// <param name="url">Address of the file.</param>
    /// <param name="part">Bytes of it to ask for; null for all.</param>
    /// <param name="isMedia">True where a page in its place is a failure.</param>
    /// <param name="received">Receiver of the number of bytes as they come.</param>
    /// <param name="cancellationToken">Token that ends the request.</param>
    /// <exception cref="MediaException">With the code that says what the source did.</exception>
    public async Task<SegmentAnswer> GetAsync(
        Uri url,
        SegmentPart? part,
        bool isMedia,
        Action<int> received,
        CancellationToken cancellationToken
    )
    {
        if (DataUri.TryRead(url, part) is { } written)
        {
            return new SegmentAnswer(written, url);
        }
        var retries = new Retries(limits);
        while (true)
        {
            try
            {
                return await TryAsync(new RemoteFile(url, headers), part, isMedia, received, cancellationToken);
            }
            catch (Exception e) when (FetchFailure.Of(e, url.IdnHost) is { } failure)
            {
                await Task.Delay(retries.After(failure, e), time, cancellationToken);
            }
        }
    }

    /// <summary>A number that the origin says of what is there, in a header.</summary>
    /// <returns>Null where it says none.</returns>
    /// <exception cref="MediaException">With the code that says what the source did.</exception>
    public async Task<long?> NumberAsync(Uri url, string header, CancellationToken cancellationToken)
    {
        try
        {
            using var stall = new CancellationTokenSource(limits.StallTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
            using var request = new RemoteFile(url, headers).Request(HttpMethod.Head);
            using var response = await http.SendAsync(request, either.Token);
            FileAnswer.EnsureSuccess(response, url.IdnHost, time);
            var value = response.Headers.TryGetValues(header, out var values) ? values.First() : null;
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested && FetchFailure.Of(e, url.IdnHost) is { } failure)
        {
            throw failure.ToException(e);
        }
    }

    /// <summary>False where an origin says that there is nothing at an address. What else is wrong with it, its fetch will tell.</summary>
    public async Task<bool> IsThereAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var stall = new CancellationTokenSource(limits.StallTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
            using var request = new RemoteFile(url, headers).Request(HttpMethod.Get);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.StatusCode
                is not (HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.RequestedRangeNotSatisfiable);
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && (e is OperationCanceledException || FetchFailure.Of(e, url.IdnHost) is not null)
            )
        {
            return true;
        }
    }

    private async Task<SegmentAnswer> TryAsync(
        RemoteFile remote,
        SegmentPart? part,
        bool isMedia,
        Action<int> received,
        CancellationToken cancellationToken
    )
    {
        using var stall = new CancellationTokenSource(limits.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            using var request = remote.Request(HttpMethod.Get);
            request.Headers.Range = part is null ? null : new RangeHeaderValue(part.Start, part.End - 1);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            EnsureAnswer(response, remote.Host, part);
            await using var body = await MediaBody.OpenAsync(response, isMedia, remote.Host, either.Token);
            var bytes = await ReadAsync(body, remote.Host, received, stall, either.Token);
            var expected =
                part is not null ? part.End - part.Start
                : MediaBody.IsPacked(response.Content.Headers) ? null
                : response.Content.Headers.ContentLength;
            return bytes.Length > 0 && (expected is null || bytes.Length == expected)
                ? new SegmentAnswer(bytes, response.RequestMessage?.RequestUri ?? remote.Url)
                : throw new FetchException(
                    MediaError.SourceFailed,
                    bytes.Length == 0
                        ? $"'{remote.Host}' answered with nothing, where a {(isMedia ? "segment" : "playlist or key")} was to come."
                        : $"'{remote.Host}' sent {bytes.Length} bytes of a segment of {expected}.",
                    tryAgain: true
                );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No byte came in time.", e);
        }
    }

    private void EnsureAnswer(HttpResponseMessage response, string host, SegmentPart? part)
    {
        FileAnswer.EnsureSuccess(response, host, time);
        if (part is not null && response.Content.Headers.ContentRange?.From != part.Start)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' does not keep to ranges.");
        }
    }

    private async Task<byte[]> ReadAsync(
        Stream body,
        string host,
        Action<int> received,
        CancellationTokenSource stall,
        CancellationToken cancellationToken
    )
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            stall.CancelAfter(limits.StallTimeout);
            await kept.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (kept.Length > MostBytes)
            {
                throw new FetchException(
                    MediaError.SourceFailed,
                    $"'{host}' serves segments of more than {MostBytes} bytes."
                );
            }
            received(read);
        }
        return kept.ToArray();
    }
}

/// <param name="Bytes">Bytes, all that was asked for.</param>
/// <param name="Url">Address at which it was found after all redirects, which is what links in it are relative to.</param>
internal sealed record SegmentAnswer(byte[] Bytes, Uri Url);
