using Decant.Engine.Errors;
using Decant.Engine.Fetching.Segments;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Live;

/// <summary>Follows one source of a live stream and writes down what it brings.</summary>
/// <param name="source">Address at which it says what it offers.</param>
/// <param name="read">Reader of what it offers.</param>
/// <param name="renew">Look-up of the page for where the source is now; null where the stream is no longer on air.</param>
/// <param name="requests">Brings segments, with one try each.</param>
/// <param name="disk">Source on the disk to write to; a recording that was broken off is gone on with.</param>
/// <param name="began">Time at which its recording began, where an earlier run's part of it is lost; else null.</param>
/// <param name="limits">Limits that say when it is enough.</param>
/// <param name="recorded">Action for whenever there is more.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logger of what went wrong on the way.</param>
// Ten parameters: how the stream is read and joined, where it goes and when it is enough; each is another tool.
internal sealed partial class LiveFollower(
    Uri source,
    ReadLive read,
    Func<CancellationToken, Task<Uri?>> renew,
    SegmentRequest requests,
    RecordedSource disk,
    DateTimeOffset? began,
    LiveLimits limits,
    Action recorded,
    TimeProvider time,
    ILogger logger
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Rounds without news after which a stream that does not tell its end may be over.</summary>
    private const int QuietRounds = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly SegmentKeys _keys = new(requests);
    private Uri _source = source;
    private long? _next = disk.Next;
    private Segment? _head;
    private bool _isBroken = true;
    private int _failures;

    /// <summary>The last moment at which everything that the stream had sent was taken; null where nobody has recorded it before.</summary>
    private DateTimeOffset? _hadAllAt = disk.LeftAt is { } left && disk.Next is not null ? left : began;

    /// <param name="fromStart">True for all that the stream still lists, not only what comes from now on.</param>
    /// <param name="close">Token that ends the recording in good order.</param>
    /// <param name="cancellationToken">Token that breaks it off; what is written stays.</param>
    /// <exception cref="MediaException">Nothing could be recorded at all, or not be stored.</exception>
    public async Task<LiveEnd> RunAsync(bool fromStart, CancellationToken close, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(close, cancellationToken);
        try
        {
            return await FollowAsync(fromStart, stop.Token);
        }
        catch (OperationCanceledException)
            when (close.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return LiveEnd.Closed;
        }
    }

    private async Task<LiveEnd> FollowAsync(bool fromStart, CancellationToken stop)
    {
        var lastNews = time.GetTimestamp();
        var (misses, quiet) = (0, 0);
        while (true)
        {
            var (before, wait) = (disk.Bytes, Pause);
            MediaException? failure = null;
            try
            {
                var now = await read(_source, _next, stop);
                (misses, var readAt) = (0, time.GetUtcNow());
                Place(now, fromStart);
                if (await TryTakeAsync(now, stop))
                {
                    _hadAllAt = readAt;
                }

                if (disk.Duration >= limits.MaxDuration || disk.Bytes >= limits.MaxBytes)
                {
                    return LiveEnd.Full;
                }

                if (now.HasEnded && now.Segments.All(segment => segment.Sequence < _next))
                {
                    disk.End();
                    return LiveEnd.Ended;
                }

                wait = disk.Bytes > before ? now.Target : now.Target / 2;
                quiet = disk.Bytes > before || now.TellsEnd ? 0 : quiet + 1;
            }
            catch (MediaException e) when (IsPassing(e))
            {
                LogFailure(logger, e.Error.Code, e.Message);
                failure = e;
                misses++;
            }
            catch (MediaException e) when (disk.Bytes > 0 && e.Error != MediaError.Overloaded)
            {
                LogFailure(logger, e.Error.Code, e.Message);
                disk.Miss(null);
                return LiveEnd.Lost;
            }

            if (disk.Bytes > before)
            {
                lastNews = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(lastNews) > limits.Outage)
            {
                if (disk.Bytes == 0)
                    throw failure ?? Silent();
                disk.Miss(null);
                return LiveEnd.Lost;
            }

            var isQuiet = quiet > 0 && quiet % QuietRounds == 0;
            if ((misses > 1 || isQuiet) && !await RenewAsync(stop))
            {
                disk.End();
                return LiveEnd.Ended;
            }

            await Task.Delay(wait < LongestPause ? wait : LongestPause, time, stop);
        }
    }

    /// <summary>Finds where to go on: at the beginning, now, where it was left, or anew where the stream has begun to count again.</summary>
    private void Place(LiveWindow now, bool fromStart)
    {
        if (now.Segments.Count == 0)
        {
            return;
        }

        var (first, last) = (now.Segments[0].Sequence, now.Segments[^1].Sequence);
        if (_next is null)
        {
            _next = fromStart ? first : last;
            MissUntil(_next.Value, now, null);
        }
        else if (_next > last + 1)
        {
            _next = first;
            MissUntil(first, now, null);
            _isBroken = true;
        }
        else if (_next < first)
        {
            var each = TimeSpan.FromTicks((long)now.Segments.Average(segment => segment.Duration.Ticks));
            MissUntil(first, now, each * (first - _next.Value));
            _next = first;
            _isBroken = true;
        }
    }

    /// <summary>Enters what is missing before a segment: no more than the time since everything had come, less what is listed from there.</summary>
    /// <param name="sequence">The segment.</param>
    /// <param name="now">Window that lists it.</param>
    /// <param name="counted">Length of it by the count of segments; null where they tell nothing.</param>
    private void MissUntil(long sequence, LiveWindow now, TimeSpan? counted)
    {
        if (_hadAllAt is not { } since)
        {
            return;
        }

        var listed = now
            .Segments.Where(segment => segment.Sequence >= sequence)
            .Sum(segment => segment.Duration.TotalSeconds);
        var passed = time.GetUtcNow() - since - TimeSpan.FromSeconds(listed);
        // A list may be older than the moment in which it is read.
        var most = passed + now.Target;
        var missing =
            counted is null ? passed
            : counted < most ? counted.Value
            : most;
        if (missing > TimeSpan.Zero)
        {
            disk.Miss(missing);
        }
    }

    /// <returns>False where something that is listed is still to come.</returns>
    private async Task<bool> TryTakeAsync(LiveWindow now, CancellationToken cancellationToken)
    {
        foreach (var segment in now.Segments.Where(segment => segment.Sequence >= _next))
        {
            _isBroken |= segment.Sequence > _next || segment.IsDiscontinuous || segment.Head != _head;
            _next = segment.Sequence;
            if (!await TryKeepAsync(segment, cancellationToken))
            {
                return false;
            }

            _next++;
            _failures = 0;
            if (disk.Duration >= limits.MaxDuration || disk.Bytes >= limits.MaxBytes)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>False where it is worth another try, in the next round.</returns>
    private async Task<bool> TryKeepAsync(LiveSegment segment, CancellationToken cancellationToken)
    {
        if (segment.Segment is null)
        {
            disk.Miss(segment.Duration);
            return _isBroken = true;
        }

        try
        {
            await KeepAsync(segment, segment.Segment, cancellationToken);
            return true;
        }
        catch (MediaException e) when (IsPassing(e))
        {
            LogFailure(logger, e.Error.Code, e.Message);
            if (++_failures < limits.Tries)
            {
                return false;
            }

            // A hole is better than standing still: the stream goes on.
            disk.Miss(segment.Duration);
            return _isBroken = true;
        }
    }

    private async Task KeepAsync(LiveSegment segment, Segment where, CancellationToken cancellationToken)
    {
        var head = _isBroken && segment.Head is not null ? await BringAsync(segment.Head, cancellationToken) : null;
        var bytes = await BringAsync(where, cancellationToken);
        if (_isBroken)
        {
            disk.BeginPart();
        }

        if (head is not null)
        {
            await disk.AppendHeadAsync(head, segment.Sequence, cancellationToken);
        }

        await disk.AppendAsync(bytes, segment, cancellationToken);
        (_isBroken, _head) = (false, segment.Head);
        recorded();
    }

    private async Task<byte[]> BringAsync(Segment segment, CancellationToken cancellationToken)
    {
        var answer = await requests.GetAsync(segment.Url, segment.Part, isMedia: true, _ => { }, cancellationToken);
        return segment.Cipher is { } cipher
            ? await _keys.DecryptAsync(answer.Bytes, cipher, segment.Url.IdnHost, cancellationToken)
            : answer.Bytes;
    }

    /// <returns>False where the page says that the stream is over.</returns>
    private async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = await renew(cancellationToken);
            _source = now ?? _source;
            return now is not null;
        }
        catch (MediaException e)
        {
            // The page may be out of reach as well; whether that is too long is judged by the clock.
            LogFailure(logger, e.Error.Code, e.Message);
            return true;
        }
    }

    /// <summary>Failures of a source may pass in a moment, but for those of its nature.</summary>
    private static bool IsPassing(MediaException failure) =>
        failure.Error != MediaError.BlockedAddress
        && failure.Error != MediaError.UnsupportedUrl
        && failure.Error != MediaError.Overloaded;

    private MediaException Silent() =>
        new(
            MediaError.SourceTimeout,
            $"The live stream at '{_source.IdnHost}' brought nothing for {limits.Outage.TotalSeconds:0} s."
        );

    [LoggerMessage(Level = LogLevel.Information, Message = "A live stream met {Code}: {Reason}")]
    private static partial void LogFailure(ILogger logger, string code, string reason);
}
