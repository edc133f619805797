namespace Decant.Lab.Serving;

/// <summary>A request the lab got. Status and bytes are filled in when the answer has ended.</summary>
public sealed record RequestRecord(string Method, Uri Url, string? Range, bool ThroughProxy)
{
    public string Host => Url.Host;
    public string Path => Url.AbsolutePath;
    public int? Status { get; internal set; }
    public long BytesSent { get; internal set; }

    /// <summary>Headers as the client sent them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
