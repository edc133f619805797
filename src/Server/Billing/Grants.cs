using System.Globalization;
using Decant.Server.Errors;

namespace Decant.Server.Billing;

/// <summary>Limits of grants.</summary>
internal static class Grants
{
    /// <summary>Greatest balance of a purse, in credits or US cents: far below the overflow of a 64-bit sum, and an exact number in JSON.</summary>
    public const long Most = 1_000_000_000_000_000;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static void EnsureAmount(long amount)
    {
        if (amount is < 0 or > Most)
        {
            throw ApiException.Invalid(
                "amount",
                string.Create(CultureInfo.InvariantCulture, $"The amount {amount} is not one from 0 to {Most}.")
            );
        }
    }

    public static ApiException NoRoom(long amount) =>
        ApiException.Invalid(
            "amount",
            string.Create(CultureInfo.InvariantCulture, $"With {amount} more the purse would hold more than {Most}.")
        );
}
