using System.Buffers.Binary;

namespace Decant.Engine.Fetching.Hls;

/// <summary>The keys in force at one place of a media playlist (<c>EXT-X-KEY</c>; RFC 8216, section 4.3.2.4), one for each format of keys.</summary>
/// <param name="playlist">Address of the playlist.</param>
internal sealed class HlsKey(Uri playlist)
{
    private const string Identity = "identity";
    private readonly HashSet<string> _protections = [];
    private Uri? _url;
    private byte[]? _vector;

    /// <summary>The key is only given to a licensed player, or samples alone are encrypted.</summary>
    public bool IsProtected => _url is null && _protections.Count > 0;

    /// <returns>False for what is not understood.</returns>
    public bool TryTake(IReadOnlyDictionary<string, string> attributes)
    {
        var method = attributes.GetValueOrDefault("METHOD");
        if (method is null or "NONE")
        {
            (_url, _vector) = (null, null);
            _protections.Clear();
            return method is not null;
        }
        var format = attributes.GetValueOrDefault("KEYFORMAT", Identity);
        if (method != "AES-128" || !format.Equals(Identity, StringComparison.OrdinalIgnoreCase))
        {
            return _protections.Add(format) || true;
        }
        (_url, _vector) = (null, null);
        _protections.Remove(format);
        return attributes.GetValueOrDefault("URI") is { Length: > 0 } key
            && Uri.TryCreate(playlist, key, out _url)
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
