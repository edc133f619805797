namespace Decant.Server.Jobs.Transitions;

/// <summary>Parking of a job whose platform refuses this server.</summary>
/// <param name="Attempts">That count from now on.</param>
/// <param name="Since">When it was put aside first.</param>
/// <param name="Until">When it is tried again.</param>
/// <param name="Code"><c>source_blocked</c> or <c>source_rate_limited</c>.</param>
internal sealed record Parked(int Attempts, DateTimeOffset Since, DateTimeOffset Until, string Code);
