using System.Buffers.Binary;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>The head of an AU stream (Sun's <c>.au</c>): six big-endian words, then the samples.</summary>
/// <param name="Rate">Hz.</param>
/// <param name="Channels">Interleaved.</param>
internal sealed record SoundHeader(int Rate, int Channels)
{
    /// <summary>ffmpeg's name of the samples: 32-bit floats, which is what its decoders and encoders speak.</summary>
    public const string Samples = "f32be";
    private const int FloatEncoding = 6;

    public int BytesPerSample => sizeof(float) * Channels;

    /// <returns>Null where the decoder ended without a sound; its exit code says why.</returns>
    public static async Task<SoundHeader?> TryReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var words = new byte[24];
        if (await stream.ReadAtLeastAsync(words, words.Length, throwOnEndOfStream: false, cancellationToken) < 24)
        {
            return null;
        }
        var offset = Word(words, 1);
        if (!words.AsSpan(0, 4).SequenceEqual(".snd"u8) || Word(words, 3) != FloatEncoding || offset < words.Length)
        {
            throw new InvalidDataException("The decoder did not write a sound as it was told to.");
        }
        await stream.ReadExactlyAsync(new byte[offset - words.Length], cancellationToken);
        return new SoundHeader(Word(words, 4), Word(words, 5));
    }

    private static int Word(byte[] words, int index) => BinaryPrimitives.ReadInt32BigEndian(words.AsSpan(4 * index));
}
