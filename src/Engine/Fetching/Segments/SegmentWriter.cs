using System.Buffers;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Files;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Writes what comes of one share of a segment where it belongs, so that no segment is ever held whole in memory.</summary>
/// <param name="fetch">Fetch that the segment belongs to.</param>
/// <param name="share">The share.</param>
/// <param name="host">Host that sends it.</param>
/// <param name="silence">Watch that ends what says nothing.</param>
/// <param name="waitAsync">Wait for other connections, which is no silence of this one.</param>
internal sealed class SegmentWriter(
    SegmentFetch fetch,
    SegmentShare share,
    string host,
    SilenceWatch silence,
    Func<Task, Task> waitAsync
)
{
    private const int BufferBytes = 128 << 10;

    private readonly RangeClaim _claim = share.Claim;

    /// <param name="body">Body that the origin sends.</param>
    /// <param name="head">Head of the origin's answer.</param>
    /// <param name="cipher">Cipher that it is encrypted with; null where it is not.</param>
    /// <param name="write">Writer, which takes bytes and their position in the segment.</param>
    public async Task WriteAsync(
        Stream body,
        SegmentHead head,
        SegmentCipher? cipher,
        Func<ReadOnlyMemory<byte>, long, ValueTask> write
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var position = head.From;
            var end = Math.Min(_claim.End, head.Size ?? long.MaxValue);
            var read = await body.ReadAtLeastAsync(buffer, SegmentKeys.BlockBytes, false, silence.Token);
            await EnsureLikenessAsync(buffer.AsMemory(0, position == 0 ? read : 0), cipher);
            if (position == 0 && cipher is null)
            {
                fetch.Look(buffer.AsSpan(0, read));
            }
            for (; read > 0; read = await body.ReadAsync(buffer, silence.Token))
            {
                silence.Heard();
                if (position + read > head.Size)
                {
                    throw new FetchException(MediaError.SourceFailed, $"'{host}' sent more bytes than it announced.");
                }
                if (position + read > fetch.Limits.MaxBytes)
                {
                    throw fetch.Limits.TooLarge(null);
                }
                await KeepAsync(buffer.AsMemory(0, read), position, write);
                position += read;
                // To the end where it is ours: only then can the connection be used again.
                if (_claim.Position >= _claim.End && _claim.End < end)
                {
                    return;
                }
            }
            EnsureEnd(head.Size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes those of the received bytes that are still missing.</summary>
    private async ValueTask KeepAsync(
        ReadOnlyMemory<byte> bytes,
        long position,
        Func<ReadOnlyMemory<byte>, long, ValueTask> write
    )
    {
        var from = Math.Clamp(_claim.Position - position, 0, bytes.Length);
        var to = Math.Clamp(_claim.End - position, from, bytes.Length);
        if (to > from)
        {
            await write(bytes[(int)from..(int)to], position + from);
            _claim.MoveTo(position + to);
        }
        fetch.Received(bytes.Length);
    }

    private async ValueTask EnsureLikenessAsync(ReadOnlyMemory<byte> beginning, SegmentCipher? cipher)
    {
        if (beginning.IsEmpty || fetch.LikenessOf(share.Segment.Number) is not { } likeness)
        {
            return;
        }
        if (cipher is null || beginning.Length < SegmentKeys.BlockBytes)
        {
            await waitAsync(likeness.EnsureAsync(share.Segment.Number, beginning, HasCompany, host));
            return;
        }
        using var aes = await fetch.Keys.AesAsync(cipher, silence.Token);
        var block = aes.DecryptCbc(
            beginning.Span[..SegmentKeys.BlockBytes],
            cipher.Vector,
            System.Security.Cryptography.PaddingMode.None
        );
        await waitAsync(likeness.EnsureAsync(share.Segment.Number, block, HasCompany, host));
    }

    /// <summary>Other connections are bringing segments.</summary>
    private bool HasCompany() => fetch.Going.Active > 1;

    private void EnsureEnd(long? size)
    {
        if (_claim.Position == 0)
        {
            throw new FetchException(MediaError.SourceFailed, $"'{host}' sent an empty segment.", tryAgain: true);
        }
        if (size is null)
        {
            _claim.ShortenTo(_claim.Position);
        }
        if (_claim.Position < _claim.End)
        {
            throw new FetchException(
                MediaError.SourceFailed,
                $"'{host}' sent {_claim.Position} bytes of a segment of {size}.",
                tryAgain: true
            );
        }
    }
}
