namespace Decant.Server.Billing;

/// <summary>The hold of one job of a batch.</summary>
/// <param name="JobId">The job, already inserted.</param>
/// <param name="Amount">Credits or US cents, as the caller pays.</param>
internal readonly record struct Hold(long JobId, long Amount);
