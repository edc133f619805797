using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Files;

/// <summary>A connection of those that bring a file: asks for a part, brings it, asks for the next.</summary>
internal sealed partial class Connection(
    HttpClient http,
    SharedFetch fetch,
    FetchMeter meter,
    TimeProvider time,
    ILogger logger
)
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Address of the present try.</summary>
    private RemoteFile _remote = fetch.Remote;

    /// <summary>The origin knows this connection: a refusal is not about the number of them.</summary>
    private bool _wasServed;

    /// <summary>New bytes of the present try. Going over the same ground again is no progress.</summary>
    private long _brought;

    /// <returns>False where it gave up and left its part to the others.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    /// <exception cref="FileChangedException">The origin has another version.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var retries = new Retries(fetch.Limits);
        while (!fetch.MayRetire(failed: false) && fetch.Next() is { } claim)
        {
            (_brought, _remote) = (0, fetch.Remote);
            TimeSpan wait;
            try
            {
                await BringAsync(claim, cancellationToken);
                retries.Succeeded();
                continue;
            }
            catch (Exception e) when (FetchFailure.Of(e, _remote.Host) is { } failure)
            {
                LogBroken(logger, _remote.Host, claim.Position, failure.Message);
                if (failure.MayBeAboutRange && fetch.TryWithoutRanges())
                {
                    continue;
                }
                if (
                    failure.LinkMayBeDead
                    && (_wasServed || !fetch.MayRetire(failed: true))
                    && await fetch.RenewAsync(_remote, cancellationToken)
                )
                {
                    retries.Succeeded();
                    continue;
                }
                if (_brought == 0 && fetch.MayRetire(failed: true))
                {
                    return false;
                }
                // An origin goes on counting connections for a moment after they are gone.
                var mayPass = fetch.Going.WasShared && failure.MayBeCrowding;
                wait = retries.After(failure, e, mayPass, gotFurther: _brought > 0);
            }
            finally
            {
                fetch.Release(claim);
            }
            await Task.Delay(wait, time, cancellationToken);
        }
        return true;
    }

    private async Task BringAsync(RangeClaim claim, CancellationToken cancellationToken)
    {
        while (claim.Position < claim.End && !await AskAsync(claim, cancellationToken)) { }
    }

    /// <summary>A single request and the bytes it brings.</summary>
    /// <returns>True when nothing lies past what came.</returns>
    private async Task<bool> AskAsync(RangeClaim claim, CancellationToken cancellationToken)
    {
        var size = fetch.Size;
        if (claim.Position >= size)
        {
            // The file was seen to be longer, and another connection has learnt since that it is not.
            return true;
        }
        await using var silence = new SilenceWatch(() => Patience, time, cancellationToken);
        try
        {
            using var request = CreateRequest(claim, size);
            var asked = time.GetTimestamp();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            var latency = time.GetElapsedTime(asked);
            var isNothing =
                response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
                || response is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentLength: 0 };
            if (isNothing && claim.Position > 0 && IsPastEnd(response, claim))
            {
                return true;
            }
            var answer = FileAnswer.Read(response, claim.Position, _remote.Host, time);
            fetch.Accept(answer, claim);
            fetch.Going.Answer(latency);
            await using var body = await MediaBody.OpenAsync(response, answer.Start == 0, _remote.Host, silence.Token);
            await ReceiveAsync(body, claim, answer, silence);
            return IsLast(answer, claim);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No byte came in time.", e);
        }
    }

    private TimeSpan Patience =>
        fetch.Going.Active > 1 && fetch.Limits.ImpatientStallTimeout < fetch.Limits.StallTimeout
            ? fetch.Limits.ImpatientStallTimeout
            : fetch.Limits.StallTimeout;

    private HttpRequestMessage CreateRequest(RangeClaim claim, long? size)
    {
        var request = _remote.Request(HttpMethod.Get);
        if (!fetch.Plain)
        {
            var start = claim.Position;
            // Never past the end that was announced: some origins answer such a range with an error.
            var end = Math.Min(claim.End, size ?? long.MaxValue);
            end = start + Math.Min(end - start, fetch.MostAtOnce);
            request.Headers.Range = new RangeHeaderValue(start, end - 1);
            request.Headers.IfRange = fetch.Version?.Version;
        }
        return request;
    }

    private async Task ReceiveAsync(Stream body, RangeClaim claim, FileAnswer answer, SilenceWatch silence)
    {
        var (end, early) = (answer.End, claim.Position - answer.Start);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int received;
            // To the end even where all is here: only then can the connection be used again.
            while (
                (claim.Position < claim.End || claim.End >= end)
                && (received = await body.ReadAsync(buffer.AsMemory(), silence.Token)) > 0
            )
            {
                silence.Heard();
                // An answer may begin before what was asked for.
                var skipped = (int)Math.Min(early, received);
                early -= skipped;
                await KeepAsync(buffer.AsMemory(skipped, received - skipped), claim, end, silence.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask KeepAsync(
        ReadOnlyMemory<byte> bytes,
        RangeClaim claim,
        long? end,
        CancellationToken cancellationToken
    )
    {
        var position = claim.Position;
        if (position + bytes.Length > fetch.Limits.MaxBytes)
        {
            throw fetch.Limits.TooLarge(null);
        }
        if (position + bytes.Length > end)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{_remote.Host}' sent more bytes than it announced.");
        }
        var kept = bytes[..(int)Math.Min(bytes.Length, Math.Max(0, claim.End - position))];
        var added = await fetch.Spool.WriteAsync(kept, position, cancellationToken);
        claim.MoveTo(position + kept.Length);
        _brought += added;
        _wasServed = true;
        fetch.Going.Bring(added);
        meter.Add(bytes.Length, fetch.Spool.Arrived, fetch.Size);
    }

    private bool IsLast(FileAnswer answer, RangeClaim claim)
    {
        if (claim.Position == 0 && claim.Position < claim.End)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{_remote.Host}' answered with an empty file.");
        }
        if (claim.Position < Math.Min(answer.End ?? 0, claim.End))
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{_remote.Host}' sent fewer bytes than it announced.",
                true
            );
        }
        if (fetch.Size is { } size)
        {
            return claim.Position >= size;
        }
        // The size was never told. A body without ranges ends where it ends; after a part nobody knows until the next is asked for.
        var isLast = answer.IsAll && claim.End == long.MaxValue;
        if (isLast)
        {
            fetch.Spool.Finish(claim.Position);
        }
        return isLast;
    }

    /// <summary>True where nothing lies past our last byte, and nobody said that something should.</summary>
    private bool IsPastEnd(HttpResponseMessage response, RangeClaim claim)
    {
        if (fetch.HasRanges && fetch.Size > claim.Position)
        {
            // It did have this part: another, shorter file is there now.
            throw new FileChangedException();
        }
        if (claim.Position >= fetch.Size)
        {
            return true;
        }
        var isPastEnd =
            fetch.Size is null
            && !fetch.HasRanges
            && (response.Content.Headers.ContentRange?.Length ?? claim.Position) == claim.Position;
        if (isPastEnd)
        {
            fetch.Spool.Finish(claim.Position);
        }
        return isPastEnd;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching from {Host} broke at byte {Position}: {Reason}")]
    private static partial void LogBroken(ILogger logger, string host, long position, string reason);
}
