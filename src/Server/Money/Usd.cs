using System.Globalization;

namespace Decant.Server.Money;

/// <summary>Money as the wire shows it.</summary>
internal static class Usd
{
    /// <returns><c>$25.00</c> for 2500.</returns>
    public static string FromCents(long cents) =>
        (cents < 0 ? "-$" : "$") + Math.Abs(cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
