namespace Decant.Client;

/// <summary>The answer to a download.</summary>
public sealed record Accepted
{
    /// <summary>The job; of a list, the first one.</summary>
    public required Job Job { get; init; }

    /// <summary>Jobs of a list, one for each entry; null for a single medium.</summary>
    public IReadOnlyList<Job>? Jobs { get; init; }

    /// <summary>Batch of a list's jobs; null for a single medium.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Estimated credits of all jobs together.</summary>
    public long EstimatedCredits { get; init; }
}
