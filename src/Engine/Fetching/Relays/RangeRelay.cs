using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Decant.Engine.Egress;
using Decant.Engine.Egress.Loopback;
using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A loopback HTTP server that passes range requests for one remote file through the gate, so that ffprobe can look into it without touching the network.</summary>
internal sealed class RangeRelay : IAsyncDisposable
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);

    private readonly EgressGate _gate;
    private volatile RemoteFile _remote;
    private readonly long _maxBytes;
    private readonly PrivateAddress _address;
    private HttpResponseMessage? _opened;
    private MediaException? _failure;
    private long _passed;

    /// <summary>The origin will not hear of ranges.</summary>
    private volatile bool _isPlain;

    /// <summary>The origin has given a part when it was asked for one.</summary>
    private volatile bool _gaveRange;

    /// <param name="gate">The way to the remote file.</param>
    /// <param name="remote">The file.</param>
    /// <param name="maxBytes">Bytes of body passed over all requests together; past them connections are cut.</param>
    /// <param name="opened">Answer of its origin to who asked for all of it: passed on to the first who asks for that.</param>
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

    /// <summary>The origin's name for the file in <c>Content-Disposition</c>, without its extension.</summary>
    public string? Title { get; private set; }

    public ValueTask DisposeAsync() => _address.DisposeAsync();

    private async Task ServeAsync(Socket client, HttpHead head, CancellationToken stop)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stall.CancelAfter(StallTimeout);
        try
        {
            var question = RelayQuestion.Read(head);
            using var reply = await AskAsync(client, question, stall.Token);
            if (reply is not null)
            {
                await AnswerAsync(client, question, reply, stall);
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            Record(new TimeoutException("No byte came in time.", e));
            throw;
        }
    }

    /// <returns>Null when the source failed, and the client has been told.</returns>
    private async Task<RelayReply?> AskAsync(Socket client, RelayQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await TryAsync(question, cancellationToken) is { } reply)
                {
                    return reply;
                }
            }
        }
        catch (Exception e) when (Record(e) is { } failure)
        {
            await HttpReply.RefuseAsync(client, HttpStatusCode.BadGateway, failure.Message, cancellationToken);
            return null;
        }
    }

    /// <returns>Null where it should be asked in another way: once for another link, once without a range.</returns>
    private async Task<RelayReply?> TryAsync(RelayQuestion question, CancellationToken cancellationToken)
    {
        var isPlain = question.Range is null || _isPlain;
        var response = await SendAsync(question, isPlain ? null : question.Range, cancellationToken);
        RelayReply? reply = null;
        try
        {
            // A reader that asks past the end is told so.
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && _gaveRange)
            {
                return reply = new RelayReply(response, null, Stream.Null);
            }
            var answer = FileAnswer.Read(response, isPlain ? 0 : question.From, _remote.Host, TimeProvider.System);
            if (answer.End is null && question.From > 0)
            {
                throw new FetchException(MediaError.SourceFailed, $"'{_remote.Host}' does not keep to ranges.");
            }
            _gaveRange |= !answer.IsAll;
            Version ??= response.Headers.ETag?.ToString() ?? response.Content.Headers.LastModified?.ToString("O");
            Title ??= ReadTitle(response);
            var body = question.WantsBody
                ? await MediaBody.OpenAsync(response, answer.Start == 0, _remote.Host, cancellationToken)
                : Stream.Null;
            return reply = new RelayReply(response, answer, body);
        }
        catch (FetchException e)
            when (e.Failure.LinkMayBeDead && _remote is { LedFrom: { } from } && _remote.Url != from)
        {
            _remote = _remote with { Url = from };
            return null;
        }
        catch (FetchException e) when (e.Failure.MayBeAboutRange && !isPlain && !_gaveRange)
        {
            _isPlain = true;
            return null;
        }
        finally
        {
            if (reply is null)
            {
                response.Dispose();
            }
        }
    }

    private static string? ReadTitle(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Disposition", out var fields)
            ? fields.Select(ContentDisposition.ReadTitle).FirstOrDefault(title => title is not null)
            : null;

    private async Task<HttpResponseMessage> SendAsync(
        RelayQuestion question,
        string? range,
        CancellationToken cancellationToken
    )
    {
        var isAll = question is { WantsBody: true, Range: "bytes=0-" };
        if (isAll && Interlocked.Exchange(ref _opened, null) is { } opened)
        {
            return opened;
        }
        using var request = _remote.Request(question.WantsBody ? HttpMethod.Get : HttpMethod.Head);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }
        return await _gate.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task AnswerAsync(
        Socket client,
        RelayQuestion question,
        RelayReply reply,
        CancellationTokenSource stall
    )
    {
        await HttpReply.SendAsync(client, reply.WriteHead(question), stall.Token);
        if (question.WantsBody && reply.Answer is { } answer)
        {
            try
            {
                await CopyAsync(reply.Body, question.From - answer.Start, reply.LengthFor(question), client, stall);
            }
            catch (Exception e) when (Record(e) is { } failure)
            {
                throw new IOException(failure.Message, e);
            }
        }
        client.Shutdown(SocketShutdown.Send);
    }

    /// <param name="body">The source's.</param>
    /// <param name="early">Bytes that come before those that were asked for.</param>
    /// <param name="length">Length that was asked for; null for all there is.</param>
    /// <param name="client">The reader.</param>
    /// <param name="stall">Source of the token that ends it when nothing comes.</param>
    private async Task CopyAsync(Stream body, long early, long? length, Socket client, CancellationTokenSource stall)
    {
        var left = length ?? long.MaxValue;
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            int received;
            while (left > 0 && (received = await body.ReadAsync(buffer.AsMemory(), stall.Token)) > 0)
            {
                stall.CancelAfter(StallTimeout);
                if (Interlocked.Add(ref _passed, received) > _maxBytes)
                {
                    throw new MediaException(
                        MediaError.SourceTimeout,
                        $"The contents of the file could not be told from {_maxBytes} bytes of it."
                    );
                }
                var skipped = (int)Math.Min(early, received);
                var passed = (int)Math.Min(left, received - skipped);
                (early, left) = (early - skipped, left - passed);
                await HttpReply.SendAsync(client, buffer.AsMemory(skipped, passed), stall.Token);
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
