using System.Security.Cryptography;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Segments;

/// <summary>A connection of those that bring segments: one segment after the other, each written where it belongs as it comes.</summary>
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

    /// <returns>False where the origin has too many connections.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // What lies aside may have to wait for others; the connection need not.
        var placing = Task.CompletedTask;
        try
        {
            while (!_wasRefused && fetch.Next() is { } share)
            {
                var list = await BringAsync(share, cancellationToken);
                if (fetch.Complete(share))
                {
                    // At once: what was brought before may wait for this one.
                    var earlier = placing;
                    placing = Task.WhenAll(earlier, PlaceAsync(share, list.Host, stop.Token));
                    await earlier;
                }
            }
            await placing;
            return !_wasRefused;
        }
        finally
        {
            await stop.CancelAsync();
            await placing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Where it came from.</returns>
    private async Task<SegmentList> BringAsync(SegmentShare share, CancellationToken cancellationToken)
    {
        var wasRenewed = false;
        var retries = new Retries(fetch.Limits);
        while (true)
        {
            var (list, mirror) = (link.Now, fetch.Mirror);
            var host = list.Host;
            try
            {
                // Who does not give a part may give all.
                await TryAsync(list, mirror, share, whole: retries.HasFailed, cancellationToken);
                return list;
            }
            catch (Exception e) when (FetchFailure.Of(e, host) is { } failure)
            {
                LogBroken(logger, host, share.Segment.Number, failure.Message);
                if (!failure.TryAgain || retries.HasFailed)
                {
                    var mirrors = list.Items.ElementAtOrDefault(share.Segment.Number)?.Mirrors.Count ?? 0;
                    if (fetch.TryAnother(mirror, mirrors))
                    {
                        retries.Succeeded();
                        continue;
                    }
                }
                if (
                    failure.LinkMayBeDead
                    && !wasRenewed
                    && await link.RenewAsync(list, fetch.Spool.Arrived, cancellationToken)
                )
                {
                    wasRenewed = true;
                    continue;
                }
                // The others go on meanwhile.
                _wasRefused |= Retries.IsCrowded(failure);
                await Task.Delay(retries.After(failure, e, mayPass: share.Claim.Start > 0), time, cancellationToken);
            }
        }
    }

    private async Task TryAsync(
        SegmentList list,
        int mirror,
        SegmentShare share,
        bool whole,
        CancellationToken cancellationToken
    )
    {
        var isWaiting = false;
        await using var silence = new SilenceWatch(
            () => isWaiting ? TimeSpan.MaxValue : fetch.Patience,
            time,
            cancellationToken
        );
        try
        {
            var number = share.Segment.Number;
            // A medium that was looked up again is the same only if it is in as many pieces.
            var segment =
                number < list.Items.Count
                    ? list.Items[number].On(mirror)
                    : throw new FetchException(MediaError.SourceFailed, $"'{list.Host}' changed the medium meanwhile.");
            share.Claim.MoveTo(share.Claim.Start);
            if (DataUri.TryRead(segment.Url, segment.Part) is { } written)
            {
                var all = new SegmentHead(0, written.Length, false, null);
                await KeepAsync(segment, list.Host, all, new MemoryStream(written));
                return;
            }
            var host = segment.Url.IdnHost;
            using var request = SegmentHead.Ask(segment, share, list.Headers, whole);
            fetch.Keys.Want(segment.Cipher, cancellationToken);
            var asked = time.GetTimestamp();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            var latency = time.GetElapsedTime(asked);
            var head = SegmentHead.Read(response, segment, host, time);
            await using var body = await MediaBody.OpenAsync(response, head.From == 0, host, silence.Token);
            fetch.Going.Answer(latency);
            var (media, skipped) =
                head.From == 0
                    ? await SegmentPrefix.SkipAsync(body, segment.Cipher is not null, silence.Token)
                    : (body, 0);
            await KeepAsync(segment, host, head.Without(skipped), media);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("No byte came in time.", e);
        }
        catch (CryptographicException e)
        {
            throw SegmentKeys.Broken(list.Host, e);
        }

        async Task KeepAsync(Segment segment, string host, SegmentHead head, Stream body)
        {
            var cipher = segment.Cipher;
            fetch.Accept(share, head, cipher, host);
            Func<ReadOnlyMemory<byte>, long, ValueTask> write;
            if (share.Segment.Aside is { } aside)
            {
                write = (bytes, at) => aside.WriteAsync(bytes, at, silence.Token);
            }
            else
            {
                var place = fetch.PlaceAsync(share.Segment.Number, head.Size!.Value, host, cancellationToken);
                await WaitAsync(place);
                var start = await place;
                write = async (bytes, at) => await fetch.Spool.WriteAsync(bytes, start + at, silence.Token);
            }
            await new SegmentWriter(fetch, share, host, silence, WaitAsync).WriteAsync(body, head, cipher, write);
        }

        // Waiting for other connections: the origin is not to blame for it.
        async Task WaitAsync(Task others)
        {
            isWaiting = true;
            await others.WaitAsync(cancellationToken);
            silence.Heard();
            isWaiting = false;
        }
    }

    /// <summary>Puts a segment that is all here where it belongs, unless it is there.</summary>
    private async Task PlaceAsync(SegmentShare last, string host, CancellationToken cancellationToken)
    {
        var segment = last.Segment;
        var size = segment.Size ?? last.Claim.End;
        if (segment.Aside is { } aside)
        {
            try
            {
                size = await aside.MeasureAsync(size, cancellationToken);
                var start = await fetch.PlaceAsync(segment.Number, size, host, cancellationToken);
                await aside.MoveAsync(
                    size,
                    async (bytes, at) => await fetch.Spool.WriteAsync(bytes, start + at, cancellationToken),
                    cancellationToken
                );
            }
            catch (CryptographicException e)
            {
                throw SegmentKeys.Broken(host, e);
            }
            catch (FetchException e)
            {
                throw e.Failure.ToException(e);
            }
        }
        segment.Dispose();
        fetch.Placed(segment, size);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Segment {Number} from {Host} broke: {Reason}")]
    private static partial void LogBroken(ILogger logger, string host, int number, string reason);
}
