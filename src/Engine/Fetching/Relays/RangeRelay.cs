using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Decant.Engine.Egress;
using Decant.Engine.Egress.Loopback;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Files;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A loopback HTTP server that passes range requests for one remote file through the gate, so that ffprobe can look into it without touching the network.</summary>
internal sealed class RangeRelay : IAsyncDisposable
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);

    private readonly EgressGate _gate;
    private readonly RemoteFile _remote;
    private readonly long _maxBytes;
    private readonly PrivateAddress _address;
    private HttpResponseMessage? _opened;
    private MediaException? _failure;
    private long _passed;

    /// <param name="gate">The way to the remote file.</param>
    /// <param name="remote">The file.</param>
    /// <param name="maxBytes">Bytes of body passed over all requests together; past them connections are cut.</param>
    /// <param name="opened">Its origin's answer to who asked for all of it: passed on to the first who asks for that.</param>
    public RangeRelay(EgressGate gate, RemoteFile remote, long maxBytes, HttpResponseMessage? opened = null)
    {
        _gate = gate;
        _remote = remote;
        _maxBytes = maxBytes;
        _opened = opened;
        _address = new PrivateAddress(ServeAsync, StallTimeout, gate.Loggers.CreateLogger<RangeRelay>());
    }

    /// <summary>Address of the relay: <c>http://127.0.0.1:port/token</c>.</summary>
    public Uri Address => _address.Url;

    /// <summary>The first thing the source did wrong, if any; the reader behind the relay only knows that it got nothing.</summary>
    public MediaException? Failure => Volatile.Read(ref _failure);

    /// <summary>Version of the file that was read: its <c>ETag</c>, else its date.</summary>
    public string? Version { get; private set; }

    public ValueTask DisposeAsync() => _address.DisposeAsync();

    private async Task ServeAsync(Socket client, HttpHead head, CancellationToken stop)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stall.CancelAfter(StallTimeout);
        try
        {
            using var response = await AskAsync(client, head, stall.Token);
            if (response is not null)
            {
                await AnswerAsync(client, response, head.StartLine.First == "GET", stall);
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            Record(new TimeoutException("No byte came in time.", e));
            throw;
        }
    }

    /// <returns>Null when the source failed, and the client has been told.</returns>
    private async Task<HttpResponseMessage?> AskAsync(Socket client, HttpHead head, CancellationToken cancellationToken)
    {
        using var request = _remote.Request(new HttpMethod(head.StartLine.First));
        var range = head.Single("Range");
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }
        HttpResponseMessage? response = null;
        try
        {
            var isAll = request.Method == HttpMethod.Get && range == "bytes=0-";
            response =
                (isAll ? Interlocked.Exchange(ref _opened, null) : null)
                ?? await _gate.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            EnsureFile(response);
            Version ??= response.Headers.ETag?.ToString() ?? response.Content.Headers.LastModified?.ToString("O");
            return response;
        }
        catch (Exception e) when (Record(e) is { } failure)
        {
            response?.Dispose();
            await HttpReply.RefuseAsync(client, HttpStatusCode.BadGateway, failure.Message, cancellationToken);
            return null;
        }
    }

    private async Task AnswerAsync(
        Socket client,
        HttpResponseMessage response,
        bool withBody,
        CancellationTokenSource stall
    )
    {
        await HttpReply.SendAsync(client, WriteHead(response), stall.Token);
        if (withBody)
        {
            try
            {
                await CopyAsync(response, client, stall);
            }
            catch (Exception e) when (Record(e) is { } failure)
            {
                throw new IOException(failure.Message, e);
            }
        }
        client.Shutdown(SocketShutdown.Send);
    }

    private void EnsureFile(HttpResponseMessage response)
    {
        // A reader that asks past the end is told so.
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            var wait = FetchFailure.ReadRetryAfter(response.Headers.RetryAfter, TimeProvider.System);
            throw new FetchException(FetchFailure.Of(response.StatusCode, _remote.Host, wait));
        }
        if (response.IsSuccessStatusCode)
        {
            FileAnswer.EnsureMedia(response.Content.Headers, _remote.Host);
        }
    }

    private static byte[] WriteHead(HttpResponseMessage response)
    {
        var head = new StringBuilder();
        head.Append(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {HttpReply.Line(response.StatusCode)}\r\nConnection: close\r\n"
        );
        if (response.StatusCode == HttpStatusCode.PartialContent || response.Headers.AcceptRanges.Contains("bytes"))
        {
            head.Append("Accept-Ranges: bytes\r\n");
        }
        var headers = response.Content.Headers;
        foreach (var name in new[] { "Content-Type", "Content-Length", "Content-Range" })
        {
            if (headers.TryGetValues(name, out var values))
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {values.First()}\r\n");
            }
        }
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private async Task CopyAsync(HttpResponseMessage response, Socket client, CancellationTokenSource stall)
    {
        await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            int received;
            while ((received = await body.ReadAsync(buffer.AsMemory(), stall.Token)) > 0)
            {
                stall.CancelAfter(StallTimeout);
                if (Interlocked.Add(ref _passed, received) > _maxBytes)
                {
                    throw new MediaException(
                        MediaError.SourceFailed,
                        $"What is in the file could not be told from {_maxBytes} bytes of it."
                    );
                }
                await HttpReply.SendAsync(client, buffer.AsMemory(0, received), stall.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private MediaException? Record(Exception exception)
    {
        var failure = exception as MediaException ?? FetchFailure.Of(exception, _remote.Host)?.ToException(exception);
        Interlocked.CompareExchange(ref _failure, failure, null);
        return failure;
    }
}
