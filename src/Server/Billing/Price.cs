using Decant.Server.Money;

namespace Decant.Server.Billing;

/// <summary>A price in both purses.</summary>
/// <param name="Credits">Whole credits, rounded up.</param>
/// <param name="Cents">Whole US cents, rounded up.</param>
internal sealed record Price(long Credits, long Cents)
{
    public static readonly Price Nothing = new(0, 0);

    public long In(Purse purse) => purse == Purse.Credits ? Credits : Cents;
}
