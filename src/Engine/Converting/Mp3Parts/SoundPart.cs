using System.Buffers;
using System.Runtime.CompilerServices;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>One part of a sound, with what an encoder must hear before and after it. All begin at a multiple of a frame, so that the parts' frames are those of one pass.</summary>
/// <param name="Buffer">Samples; rented, and returned by whoever has fed them.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="LeadFrames">Frames before the part.</param>
/// <param name="Frames">Frames of the part; null for all that come.</param>
internal sealed record SoundPart(byte[] Buffer, int Length, int LeadFrames, int? Frames)
{
    /// <summary>Frames encoded before a part and thrown away: an encoder must have heard what comes before.</summary>
    private const int Lead = 12;

    /// <summary>Frames encoded after a part and thrown away: an encoder looks ahead.</summary>
    public const int Tail = 4;

    /// <param name="stream">Samples.</param>
    /// <param name="frameBytes">Bytes of samples that go into one frame.</param>
    /// <param name="frames">Frames of each part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<SoundPart> ReadAllAsync(
        Stream stream,
        int frameBytes,
        int frames,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        byte[] carried = [];
        for (var number = 0; ; number++)
        {
            var lead = number == 0 ? 0 : Lead;
            // The samples around the joint belong to both parts.
            var known = number == 0 ? 0 : (lead + Tail) * frameBytes;
            var length = (lead + frames + Tail) * frameBytes;
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            carried.AsSpan(carried.Length - known).CopyTo(buffer);
            var read = await stream.ReadAtLeastAsync(
                buffer.AsMemory(known, length - known),
                length - known,
                throwOnEndOfStream: false,
                cancellationToken
            );
            var isLast = known + read < length;
            if (!isLast)
            {
                carried = buffer[(length - (Lead + Tail) * frameBytes)..length];
            }
            yield return new SoundPart(buffer, known + read, lead, isLast ? null : frames);
            if (isLast)
            {
                yield break;
            }
        }
    }
}
