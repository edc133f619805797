namespace Decant.Server.Platforms.Circuits;

/// <summary>Answer of a circuit breaker: a platform may be asked, or not before a time.</summary>
/// <param name="OpenUntil">Time before which the platform is not asked; null where it may be.</param>
/// <param name="Code">Code of its refusal; null where it has not refused.</param>
/// <param name="IsTrial">True for the one who may ask to find out whether the platform answers again.</param>
/// <param name="IsSuspect">True where it has refused lately: whoever succeeds says so.</param>
internal sealed record Passage(
    DateTimeOffset? OpenUntil,
    string? Code = null,
    bool IsTrial = false,
    bool IsSuspect = false
)
{
    public static readonly Passage Free = new(OpenUntil: null);
}
