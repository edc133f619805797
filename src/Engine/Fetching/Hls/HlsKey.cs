using System.Buffers.Binary;
using Decant.Engine.Fetching.Segments;

namespace Decant.Engine.Fetching.Hls;

/// <summary>The key that counts at one place of a media playlist (<c>EXT-X-KEY</c>; RFC 8216, section 4.3.2.4).</summary>
/// <param name="playlist">Where the playlist came from.</param>
internal sealed class HlsKey(Uri playlist)
{
    private Uri? _url;
    private byte[]? _vector;

    /// <summary>What is encrypted here has the vector that its number makes.</summary>
    public bool IsWithoutVector => _url is not null && _vector is null;

    /// <returns>False for what is not understood.</returns>
    public bool TryTake(IReadOnlyDictionary<string, string> attributes)
    {
        (_url, _vector) = (null, null);
        return attributes.GetValueOrDefault("METHOD") == "NONE"
            || attributes.GetValueOrDefault("METHOD") == "AES-128"
                && attributes.GetValueOrDefault("KEYFORMAT", "identity") == "identity"
                && Uri.TryCreate(playlist, attributes.GetValueOrDefault("URI", ""), out _url)
                && (!attributes.TryGetValue("IV", out var vector) || TryReadVector(vector, out _vector));
    }

    /// <param name="sequence">The segment's number.</param>
    /// <returns>Null where nothing is encrypted.</returns>
    public SegmentCipher? CipherOf(long sequence)
    {
        if (_url is null)
        {
            return null;
        }
        var vector = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(vector.AsSpan(8), sequence);
        return new SegmentCipher(_url, _vector ?? vector);
    }

    private static bool TryReadVector(string text, out byte[]? vector)
    {
        vector = null;
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.Length is < 3 or > 34)
        {
            return false;
        }
        var digits = text[2..].PadLeft(32, '0');
        if (!digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }
        vector = Convert.FromHexString(digits);
        return true;
    }
}
