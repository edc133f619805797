using System.Buffers.Binary;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>The unit of an mp3: a header that says how long it is, then sound of always the same length (ISO/IEC 11172-3, 2.4.1.3; 13818-3 for the low frequencies).</summary>
internal static class Mp3Frame
{
    public const int HeaderLength = 4;

    /// <summary>Samples that the first frames hold before the sound begins: 576 of LAME's own, 529 of any decoder.</summary>
    public const int Delay = 1105;

    private const int Mpeg1 = 3;
    private const int Mpeg2 = 2;
    private static readonly int[] Rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] LowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Frequencies = [44100, 48000, 32000];

    /// <param name="frequency">Hz.</param>
    public static int SamplesAt(int frequency) => frequency >= 32000 ? 1152 : 576;

    /// <returns>Bytes of the frame with its header.</returns>
    /// <exception cref="InvalidDataException">There is no frame of layer III there.</exception>
    public static int LengthOf(ReadOnlySpan<byte> header)
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
            ? 144 * Rates[rate] * 1000 / hertz + padding
            : 72 * LowRates[rate] * 1000 / hertz + padding;
    }
}
