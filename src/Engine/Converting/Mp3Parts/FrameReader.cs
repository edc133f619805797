using System.Buffers;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>Reads an encoder's output frame by frame.</summary>
internal sealed class FrameReader(Stream pipe)
{
    /// <summary>The longest has 1441 bytes: 320 kbit/s at 32 kHz, padded.</summary>
    private readonly byte[] _frame = new byte[2 << 10];

    /// <param name="most">How many to read.</param>
    /// <param name="into">Where to put them; null throws them away.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many whole ones there were: fewer at the end, where an encoder that was killed leaves half of one.</returns>
    public async Task<int> ReadAsync(int most, ArrayBufferWriter<byte>? into, CancellationToken cancellationToken)
    {
        for (var count = 0; count < most; count++)
        {
            const int header = Mp3Frame.HeaderLength;
            if (await pipe.ReadAtLeastAsync(_frame.AsMemory(0, header), header, false, cancellationToken) < header)
            {
                return count;
            }
            var length = Mp3Frame.LengthOf(_frame);
            var rest = _frame.AsMemory(header, length - header);
            if (await pipe.ReadAtLeastAsync(rest, rest.Length, false, cancellationToken) < rest.Length)
            {
                return count;
            }
            into?.Write(_frame.AsSpan(0, length));
        }
        return most;
    }
}
