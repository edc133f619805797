using System.Globalization;
using Decant.Server.Errors;

namespace Decant.Server.Billing;

/// <summary>What may be granted.</summary>
internal static class Grants
{
    /// <summary>What a purse may hold, in credits or US cents: far from where a sum of 64 bits would turn over, and exact in every client's JSON.</summary>
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
