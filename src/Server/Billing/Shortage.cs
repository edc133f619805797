using Decant.Server.Errors;
using Decant.Server.Money;

namespace Decant.Server.Billing;

/// <summary>The refusal of a purse that has too little.</summary>
internal static class Shortage
{
    public static ApiException Of(Purse purse, long required, long available) =>
        purse == Purse.Credits
            ? new ApiException(
                ApiError.InsufficientCredits,
                $"This needs {required} credits and {available} are there. Ask the operator for more, or take a shorter medium."
            )
            {
                Figures = new Dictionary<string, object?>
                {
                    ["required_credits"] = required,
                    ["available_credits"] = available,
                },
            }
            : new ApiException(
                ApiError.InsufficientApiBalance,
                $"This needs {Usd.FromCents(required)} and {Usd.FromCents(available)} is there. Ask the operator for more, or take a shorter medium."
            )
            {
                Figures = new Dictionary<string, object?>
                {
                    ["required_cents"] = required,
                    ["required_usd"] = Usd.FromCents(required),
                    ["available_cents"] = available,
                    ["available_usd"] = Usd.FromCents(available),
                },
            };
}
