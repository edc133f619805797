using Decant.Server.Money;

namespace Decant.Server.Billing;

/// <summary>An append-only entry of the ledger: one movement of money in one purse.</summary>
internal sealed class LedgerEntry
{
    public long Id { get; init; }
    public long AccountId { get; init; }
    public Purse Purse { get; init; }
    public EntryKind Kind { get; init; }

    /// <summary>Credits or US cents, signed: what the purse gained.</summary>
    public long Amount { get; init; }

    /// <summary>Balance of the purse after this entry: the sum of all its entries until here.</summary>
    public long Balance { get; init; }

    /// <summary>All grants until here.</summary>
    public long Granted { get; init; }

    /// <summary>All charges until here, as a positive number.</summary>
    public long Charged { get; init; }

    /// <summary>Number of charges for jobs until here: the place of a charge among them.</summary>
    public long Charges { get; init; }

    /// <summary>Place in the purse's history, from 1.</summary>
    public long Number { get; init; }
    public long? JobId { get; init; }
    public string? Note { get; init; }

    /// <summary>The name of what a grant is for: within a purse there is one of each.</summary>
    public string? Reference { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first entry of a purse follows nothing.</summary>
    public static readonly LedgerEntry None = new();
}

internal enum EntryKind
{
    Grant,
    Hold,
    Release,
    Charge,
}
