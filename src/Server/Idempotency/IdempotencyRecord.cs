namespace Decant.Server.Idempotency;

/// <summary>A request that its client has named, and what it was answered.</summary>
internal sealed class IdempotencyRecord
{
    public long AccountId { get; init; }

    /// <summary>Name of the operation, equal under both path families; an idempotency key is unique within one operation.</summary>
    public required string Operation { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked.</summary>
    public required string RequestHash { get; set; }

    /// <summary>Claim (lock) of the handling that may answer; a handling that was taken for dead has lost it and changes nothing any more.</summary>
    public Guid ClaimId { get; set; }

    /// <summary>Expiry of the claim (UTC), moved on by each sign of life.</summary>
    public DateTimeOffset ClaimedUntil { get; set; }

    /// <summary>HTTP status of the answer; 0 while there is none.</summary>
    public int Status { get; set; }

    /// <summary>The answer's body, byte for byte.</summary>
    public string? Answer { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public bool IsAnswered => Status != 0;
}
