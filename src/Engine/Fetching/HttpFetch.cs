using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings one remote file here over one connection at a time, going on where a broken one left off.</summary>
internal sealed partial class HttpFetch(
    HttpClient http,
    RemoteFile remote,
    LocalFile local,
    FetchLimits limits,
    FetchMeter meter,
    TimeProvider time,
    ILogger logger
)
{
    private const int BufferBytes = 256 << 10;

    /// <summary>The version the bytes so far belong to.</summary>
    private FileAnswer? _version;
    private long _position;

    /// <summary>How far we ever got. Going over the same ground again is no progress.</summary>
    private long _furthest;
    private bool _startedOver;

    /// <returns>The file's size.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; )
        {
            var before = _furthest;
            try
            {
                if (await FetchPartAsync(cancellationToken))
                {
                    meter.Finish(_position);
                    return _position;
                }
                failures = 0;
            }
            catch (Exception e) when (FetchFailure.Of(e, remote.Host) is { } failure)
            {
                failures = _furthest > before ? 1 : failures + 1;
                if (!failure.TryAgain || failures >= limits.Tries)
                {
                    throw failure.ToException(e);
                }
                LogBroken(logger, remote.Host, _position, failure.Message);
                var wait = limits.Backoff * Math.Pow(2, failures - 1);
                await Task.Delay(failure.RetryAfter > wait ? failure.RetryAfter.Value : wait, time, cancellationToken);
            }
        }
    }

    /// <summary>One request and what it brings.</summary>
    /// <returns>True when the file is whole.</returns>
    private async Task<bool> FetchPartAsync(CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(limits.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            using var request = CreateRequest();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && IsWhole(response))
            {
                return true;
            }
            var answer = FileAnswer.Read(response, _position, remote.Host, time);
            if (!Accept(answer))
            {
                return false;
            }
            await ReceiveAsync(response, answer.End, stall, either.Token);
            return IsLast(answer, request.Headers.Range is not null);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No byte came in time.", e);
        }
    }

    private HttpRequestMessage CreateRequest()
    {
        var request = remote.Request(HttpMethod.Get);
        if (_position > 0 || remote.PieceSize is not null)
        {
            // Never past the end that was announced: some origins answer such a range with an error.
            var end = Math.Min(_position + (remote.PieceSize ?? long.MaxValue / 2), _version?.Total ?? long.MaxValue);
            request.Headers.Range = new RangeHeaderValue(_position, remote.PieceSize is null ? null : end - 1);
            request.Headers.IfRange = _position > 0 ? _version?.Version : null;
        }
        return request;
    }

    /// <summary>Fits the answer to what is here already.</summary>
    /// <returns>False when it belongs to another version, and the file has to be asked for from its start.</returns>
    private bool Accept(FileAnswer answer)
    {
        if (answer.Total > limits.MaxBytes)
        {
            throw TooLarge(answer.Total);
        }
        if (_version is not null && answer.Contradicts(_version))
        {
            if (_startedOver)
            {
                throw new FetchException(MediaError.SourceFailed, $"'{remote.Host}' keeps changing the file.");
            }
            _startedOver = true;
            _furthest = 0;
            _position = 0;
            _version = null;
            if (answer.Start > 0)
            {
                return false;
            }
        }
        // An origin without ranges sends it all again.
        _position = answer.Start;
        _version = _version is null ? answer : _version with { Total = _version.Total ?? answer.Total };
        local.Open(answer.Total);
        if (_position == 0)
        {
            local.Truncate();
        }
        return true;
    }

    private async Task ReceiveAsync(
        HttpResponseMessage response,
        long? end,
        CancellationTokenSource stall,
        CancellationToken cancellationToken
    )
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int received;
            while ((received = await body.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
            {
                stall.CancelAfter(limits.StallTimeout);
                if (_position + received > limits.MaxBytes)
                {
                    throw TooLarge(null);
                }
                if (_position + received > end)
                {
                    throw new FetchException(
                        MediaError.SourceFailed,
                        $"'{remote.Host}' sent more bytes than it announced."
                    );
                }
                await local.WriteAsync(buffer.AsMemory(0, received), _position, cancellationToken);
                _position += received;
                _furthest = Math.Max(_furthest, _position);
                meter.Add(received, _position, _version?.Total);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsLast(FileAnswer answer, bool wasRange)
    {
        if (_position == answer.Start)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{remote.Host}' answered with an empty file.");
        }
        if (answer.End is { } end && _position != end)
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{remote.Host}' sent fewer bytes than it announced.",
                true
            );
        }
        if (_version?.Total is { } total)
        {
            return _position == total;
        }
        // The size was never told. A body without ranges ends where it ends; a piece shorter than asked for is the last.
        return !wasRange || remote.PieceSize is not { } piece || _position - answer.Start < piece;
    }

    /// <summary>Nothing lies past our last byte, and nobody said that something should.</summary>
    private bool IsWhole(HttpResponseMessage response) =>
        _position > 0
        && _version is { Total: null }
        && response.Content.Headers.ContentRange?.Length is { } length
        && length == _position;

    private MediaException TooLarge(long? size) =>
        new(
            MediaError.TooLarge,
            $"The file has {(size is null ? "more than" : $"{size} bytes, and the limit is")} {limits.MaxBytes} bytes. Choose a lower quality."
        )
        {
            Figures = new Dictionary<string, object?> { ["max_bytes"] = limits.MaxBytes, ["size"] = size },
        };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Fetching from {Host} broke at byte {Position}: {Reason} Trying again"
    )]
    private static partial void LogBroken(ILogger logger, string host, long position, string reason);
}
