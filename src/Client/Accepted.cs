namespace Decant.Client;

/// <summary>The answer to a download.</summary>
public sealed record Accepted
{
    /// <summary>The job; of a list, the first one.</summary>
    public required Job Job { get; init; }

    /// <summary>Of a list, one job per entry; null otherwise.</summary>
    public IReadOnlyList<Job>? Jobs { get; init; }

    /// <summary>Of a list's jobs.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>What all of it may cost.</summary>
    public long EstimatedCredits { get; init; }
}
