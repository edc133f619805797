namespace Decant.Lab.Serving;

/// <summary>A request the lab got. Status and bytes are filled in when the answer has ended.</summary>
public sealed record RequestRecord(string Method, Uri Url, string? Range, bool ThroughProxy)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Host => Url.Host;
    public string Path => Url.AbsolutePath;
    public int? Status { get; internal set; }
    public long BytesSent { get; internal set; }

    /// <summary>Completes when the answer has ended, or its client has gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Headers as the client sent them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    internal void End() => _ended.SetResult();
}
