namespace Decant.Engine.Fetching;

/// <summary>Bytes that stand in their own address (<c>data:</c>; RFC 2397).</summary>
internal static class DataUri
{
    private const string Base64 = ";base64";

    /// <param name="url">The address.</param>
    /// <param name="part">Bytes to take; null for all.</param>
    /// <returns>As many of them as there are; null for an address of another kind, or what is not well formed.</returns>
    public static byte[]? TryRead(Uri url, SegmentPart? part) =>
        TryRead(url) is not { } all ? null
        : part is null ? all
        : all[(int)Math.Min(part.Start, all.Length)..(int)Math.Min(part.End, all.Length)];

    /// <returns>Null for an address of another kind, or what is not well formed.</returns>
    private static byte[]? TryRead(Uri url)
    {
        var text = url.OriginalString;
        if (url.Scheme != "data" || text.IndexOf(',', StringComparison.Ordinal) is not (> 0 and var comma))
        {
            return null;
        }
        var data = text[(comma + 1)..];
        if (!text[..comma].EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
        {
            return System.Web.HttpUtility.UrlDecodeToBytes(data.Replace("+", "%2B", StringComparison.Ordinal));
        }
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(data), bytes, out var length)
            ? bytes[..length]
            : null;
    }
}
