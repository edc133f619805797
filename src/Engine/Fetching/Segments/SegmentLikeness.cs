using System.Text;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Segments;

/// <summary>
/// All segments of one medium are of one kind. A demuxer skips what it does not understand and says nothing, so that something
/// else in a segment's place (a picture, an error in words, noise) would be a hole that nobody notices.
/// </summary>
/// <remarks>What is of a usual kind decides, whichever comes first; what is of none is believed where the first segment and another are so.</remarks>
/// <param name="first">Number of the first segment.</param>
/// <param name="time">Clock of the wait for another.</param>
internal sealed class SegmentLikeness(int first, TimeProvider time)
{
    /// <summary>Longest wait of the first segment for another: two slow answers, with a second try between them.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Time until the first segment looks again whether others are still being brought.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes of a segment's beginning that are enough to tell what it is.</summary>
    private const int HeadBytes = 8;

    public const byte TransportSync = 0x47;
    private static readonly string[] Boxes = ["ftyp", "styp", "moov", "moof", "sidx", "emsg", "prft", "free", "mdat"];

    private readonly TaskCompletionSource<Kind> _kind = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _odd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>End of the wait: another segment has shown its kind, or that it has none either.</summary>
    private bool IsSettled => _kind.Task.IsCompleted || _odd.Task.IsCompleted;

    /// <param name="number">Number of the segment.</param>
    /// <param name="head">Beginning of the segment.</param>
    /// <param name="hasCompany">Other connections are bringing segments.</param>
    /// <param name="host">Host that serves it.</param>
    /// <exception cref="FetchException">It is of another kind.</exception>
    public async Task EnsureAsync(int number, ReadOnlyMemory<byte> head, Func<bool> hasCompany, string host)
    {
        var kind = KindOf(head.Span);
        if (kind != Kind.Other)
        {
            _kind.TrySetResult(kind);
        }
        else if (number != first)
        {
            _odd.TrySetResult();
        }
        else
        {
            var asked = time.GetTimestamp();
            while (!IsSettled && hasCompany() && time.GetElapsedTime(asked) < LongestWait)
            {
                await Task.WhenAny(_kind.Task, _odd.Task, Task.Delay(Moment, time));
            }

            _kind.TrySetResult(kind);
        }

        if (kind != await _kind.Task)
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' sent something else in a segment's place.",
                tryAgain: true
            );
        }
    }

    /// <summary>Signature test: true for bytes that begin as a segment of a usual kind does.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> head) => KindOf(head) != Kind.Other;

    /// <summary>Signature test: true for bytes that begin with a box of MP4.</summary>
    public static bool IsMp4(ReadOnlySpan<byte> head) =>
        head.Length >= HeadBytes && Boxes.Contains(Encoding.Latin1.GetString(head[4..HeadBytes]));

    private static Kind KindOf(ReadOnlySpan<byte> head) =>
        head.Length < HeadBytes ? Kind.Other
        : head[0] == TransportSync ? Kind.TransportStream
        : IsMp4(head) ? Kind.Mp4
        : Kind.Other;

    private enum Kind
    {
        Other,
        TransportStream,
        Mp4,
    }
}
