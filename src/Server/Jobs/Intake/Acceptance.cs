using Decant.Server.Accounts;
using Decant.Server.Idempotency;

namespace Decant.Server.Jobs.Intake;

/// <summary>Downloads to be accepted together, or not at all.</summary>
/// <param name="Caller">Account that pays; null for public downloads, which cost nothing.</param>
/// <param name="Media">Media that were found; one job each.</param>
internal sealed record Acceptance(Caller? Caller, IReadOnlyList<FoundMedium> Media)
{
    /// <summary>Shared by jobs accepted together.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Hash of the token for which a public job is shown.</summary>
    public string? AccessTokenHash { get; init; }

    /// <summary>The name its client gave the request, under which the answer is kept.</summary>
    public IdempotentRequest? Named { get; init; }
}
