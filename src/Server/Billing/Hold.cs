namespace Decant.Server.Billing;

/// <summary>What one job of several is to hold.</summary>
/// <param name="JobId">The job, already inserted.</param>
/// <param name="Amount">Credits or US cents, as the caller pays.</param>
internal readonly record struct Hold(long JobId, long Amount);
