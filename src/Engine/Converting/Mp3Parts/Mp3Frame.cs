using System.Buffers.Binary;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>The unit of an mp3: a header that says how long it is, then sound of always the same length (ISO/IEC 11172-3, 2.4.1.3; 13818-3 for the low frequencies).</summary>
/// <param name="Length">Bytes with the header.</param>
/// <param name="Samples">Number of samples that it holds.</param>
internal readonly record struct Mp3Frame(int Length, int Samples)
{
    /// <summary>The longest has 1441 bytes: 320 kbit/s at 32 kHz, padded.</summary>
    public const int MaxLength = 1441;

    /// <summary>Samples that the first frames hold before the sound begins: 576 of LAME's own, 529 of any decoder.</summary>
    public const int Delay = 1105;

    private const int HeaderLength = 4;
    private const int Mpeg1 = 3;
    private const int Mpeg2 = 2;
    private static readonly int[] Rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] LowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Frequencies = [44100, 48000, 32000];

    /// <summary>Reads the next one.</summary>
    /// <param name="pipe">An encoder's output.</param>
    /// <param name="buffer">Buffer for its bytes.</param>
    /// <param name="cancellationToken">Token that ends the reading.</param>
    /// <returns>Null at the end, where an encoder that was killed leaves half of one.</returns>
    public static async ValueTask<Mp3Frame?> ReadAsync(Stream pipe, byte[] buffer, CancellationToken cancellationToken)
    {
        var header = buffer.AsMemory(0, HeaderLength);
        if (await pipe.ReadAtLeastAsync(header, header.Length, false, cancellationToken) < header.Length)
            return null;
        var frame = Of(header.Span);
        var rest = buffer.AsMemory(HeaderLength, frame.Length - HeaderLength);
        return await pipe.ReadAtLeastAsync(rest, rest.Length, false, cancellationToken) < rest.Length ? null : frame;
    }

    /// <exception cref="InvalidDataException">There is no frame of layer III there.</exception>
    private static Mp3Frame Of(ReadOnlySpan<byte> header)
    {
        var bits = BinaryPrimitives.ReadUInt32BigEndian(header);
        var version = (int)(bits >> 19) & 3;
        var rate = (int)(bits >> 12) & 15;
        var frequency = (int)(bits >> 10) & 3;
        if (bits >> 21 != 0x7FF || version == 1 || rate is 0 or 15 || frequency == 3)
        {
            throw new InvalidDataException($"The mp3 encoder wrote no frame but {bits:X8}.");
        }
        var hertz =
            Frequencies[frequency]
            / (
                version == Mpeg1 ? 1
                : version == Mpeg2 ? 2
                : 4
            );
        var padding = (int)(bits >> 9) & 1;
        return version == Mpeg1
            ? new Mp3Frame(144 * Rates[rate] * 1000 / hertz + padding, 1152)
            : new Mp3Frame(72 * LowRates[rate] * 1000 / hertz + padding, 576);
    }
}
