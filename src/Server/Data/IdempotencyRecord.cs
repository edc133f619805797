namespace Decant.Server.Data;

/// <summary>A request answered once, so that its repetition gets the same answer.</summary>
internal sealed class IdempotencyRecord
{
    public long AccountId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of path and body.</summary>
    public required string RequestHash { get; init; }
    public int Status { get; set; }
    public string? Answer { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
