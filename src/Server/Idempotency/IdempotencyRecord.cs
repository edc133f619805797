namespace Decant.Server.Idempotency;

/// <summary>A request that its client has named, and what it was answered.</summary>
internal sealed class IdempotencyRecord
{
    public long AccountId { get; init; }

    /// <summary>What is done, the same under both path families: one name may stand for a download and for a bulk request.</summary>
    public required string Operation { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked.</summary>
    public required string RequestHash { get; set; }

    /// <summary>Which handling of the request may answer it. One that was taken for dead and lost it changes nothing any more.</summary>
    public Guid ClaimId { get; set; }

    /// <summary>Until then the handling is taken for alive.</summary>
    public DateTimeOffset ClaimedUntil { get; set; }

    /// <summary>HTTP status of the answer; 0 while there is none.</summary>
    public int Status { get; set; }

    /// <summary>The answer's body, byte for byte.</summary>
    public string? Answer { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public bool IsAnswered => Status != 0;
}
