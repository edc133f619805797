namespace Decant.Server.Jobs.Transitions;

/// <summary>Cost of a job as its row tells it.</summary>
/// <param name="Credits">Credits charged; where another purse paid or none, what it would have cost.</param>
/// <param name="Cents">US cents charged; null where the wallet did not pay.</param>
internal sealed record Used(long Credits, long? Cents);
