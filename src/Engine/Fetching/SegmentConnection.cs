using System.Net.Http.Headers;
using System.Security.Cryptography;
using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>One of the connections that bring segments: one segment after the other, each written where it belongs as it comes.</summary>
internal sealed partial class SegmentConnection(
    HttpClient http,
    SegmentFetch fetch,
    Link<SegmentList> link,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>The origin had too many of us.</summary>
    private bool _wasRefused;

    /// <summary>It has been given a segment.</summary>
    public bool WasAnswered { get; private set; }

    /// <returns>False where the origin has too many connections.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        while (!_wasRefused && fetch.Next() is { } number)
        {
            await BringAsync(number, cancellationToken);
            fetch.Done();
        }
        return !_wasRefused;
    }

    private async Task BringAsync(int number, CancellationToken cancellationToken)
    {
        var wasRenewed = false;
        for (var failures = 1; ; failures++)
        {
            var list = link.Now;
            var host = list.Host;
            try
            {
                await TryAsync(list, number, cancellationToken);
                return;
            }
            catch (Exception e) when (FetchFailure.Of(e, host) is { } failure)
            {
                LogBroken(logger, host, number, failure.Message);
                if (
                    failure.LinkMayBeDead
                    && !wasRenewed
                    && await link.RenewAsync(list, fetch.Spool.Arrived, cancellationToken)
                )
                {
                    wasRenewed = true;
                    continue;
                }
                // Many at a time may be too many for it; the others go on meanwhile.
                var isCrowded =
                    failure.Error == MediaError.SourceRateLimited && !(failure.RetryAfter > FetchFailure.LongestWait);
                _wasRefused |= isCrowded;
                if (!(failure.TryAgain || isCrowded) || failures >= fetch.Limits.Tries)
                {
                    throw failure.ToException(e);
                }
                var wait = fetch.Limits.Backoff * Math.Pow(2, failures - 1);
                await Task.Delay(failure.RetryAfter > wait ? failure.RetryAfter.Value : wait, time, cancellationToken);
            }
        }
    }

    private async Task TryAsync(SegmentList list, int number, CancellationToken cancellationToken)
    {
        var isWaiting = false;
        await using var silence = new SilenceWatch(
            () => isWaiting ? TimeSpan.MaxValue : fetch.Patience,
            time,
            cancellationToken
        );
        try
        {
            // A medium that was looked up again is the same only if it is in as many pieces.
            var segment =
                number < list.Items.Count
                    ? list.Items[number]
                    : throw new FetchException(MediaError.SourceFailed, $"'{list.Host}' changed the medium meanwhile.");
            var remote = new RemoteFile(segment.Url, list.Headers);
            using var request = remote.Request(HttpMethod.Get);
            request.Headers.Range = segment.Part is { } part ? new RangeHeaderValue(part.Start, part.End - 1) : null;
            var asked = time.GetTimestamp();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            var latency = time.GetElapsedTime(asked);
            var size = SizeOf(response, segment, remote.Host);
            fetch.Going.Answer(latency, isFirst: !WasAnswered);
            WasAnswered = true;
            var writer = new SegmentWriter(fetch, number, remote.Host, silence);
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            if (segment.Cipher is not null || size is null)
            {
                using var decryptor = segment.Cipher is { } cipher
                    ? await DecryptorAsync(cipher, cancellationToken)
                    : null;
                await using var clear = decryptor is null
                    ? body
                    : new CryptoStream(body, decryptor, CryptoStreamMode.Read);
                await writer.WriteUnsizedAsync(clear, WaitAsync);
            }
            else
            {
                await writer.WriteAsync(body, size.Value, WaitAsync);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No byte came in time.", e);
        }
        catch (CryptographicException e)
        {
            throw new MediaException(
                MediaError.SourceFailed,
                $"A segment from '{list.Host}' cannot be decrypted: it is broken, or its key is wrong.",
                e
            );
        }

        // The origin is not to blame for our waiting.
        async Task<long> WaitAsync()
        {
            isWaiting = true;
            var start = await fetch.Places.StartOf(number).WaitAsync(cancellationToken);
            silence.Heard();
            isWaiting = false;
            return start;
        }
    }

    /// <returns>Bytes to come; null where the origin does not say.</returns>
    private long? SizeOf(HttpResponseMessage response, Segment segment, string host)
    {
        FileAnswer.EnsureSuccess(response, host, time);
        var headers = response.Content.Headers;
        FileAnswer.EnsureMedia(headers, host);
        if (segment.Part is { } part && headers.ContentRange?.From != part.Start)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' does not keep to ranges.");
        }
        var size = segment.Part is { } asked ? asked.End - asked.Start : headers.ContentLength;
        return size != 0 && (headers.ContentLength is null || headers.ContentLength == size)
            ? size
            : throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' sends {headers.ContentLength} bytes of a segment of {size}.",
                tryAgain: true
            );
    }

    private async Task<ICryptoTransform> DecryptorAsync(SegmentCipher cipher, CancellationToken cancellationToken)
    {
        var key = await fetch.KeyAsync(cipher.KeyUrl, cancellationToken);
        using var aes = Aes.Create();
        return key.Length == 16
            ? aes.CreateDecryptor(key, cipher.Vector)
            : throw new CryptographicException("The key is not of 16 bytes.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Segment {Number} from {Host} broke: {Reason}")]
    private static partial void LogBroken(ILogger logger, string host, int number, string reason);
}
