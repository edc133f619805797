namespace Decant.Server.Platforms.Circuits;

/// <summary>Answer of a circuit breaker: a platform may be asked, or not before a time.</summary>
/// <param name="OpenUntil">Not before this time; null where it may.</param>
/// <param name="Code">What it said; null where it has not refused.</param>
/// <param name="IsTrial">It may, as the one who finds out whether the platform answers again.</param>
/// <param name="IsSuspect">It has refused lately: whoever succeeds says so.</param>
internal sealed record Passage(
    DateTimeOffset? OpenUntil,
    string? Code = null,
    bool IsTrial = false,
    bool IsSuspect = false
)
{
    public static readonly Passage Free = new(OpenUntil: null);
}
