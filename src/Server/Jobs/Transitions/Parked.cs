namespace Decant.Server.Jobs.Transitions;

/// <summary>Parking of a job whose platform refuses this server.</summary>
/// <param name="Attempts">Attempts that count from now on.</param>
/// <param name="Since">Time at which the job was first parked.</param>
/// <param name="Until">Time at which it is tried again.</param>
/// <param name="Code"><c>source_blocked</c> or <c>source_rate_limited</c>.</param>
internal sealed record Parked(int Attempts, DateTimeOffset Since, DateTimeOffset Until, string Code);
