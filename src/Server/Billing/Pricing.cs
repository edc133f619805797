using Decant.Server.Accounts;
using Decant.Server.Jobs;
using Decant.Server.Money;
using Microsoft.Extensions.Options;

namespace Decant.Server.Billing;

/// <summary>Prices by the length of the input.</summary>
internal sealed class Pricing(IOptions<BillingOptions> options)
{
    private const decimal MillisecondsOfMinute = 60_000;

    private readonly BillingOptions _options = options.Value;

    /// <summary>Switch of all prices (<c>Billing__Enabled</c>): where they are off, every price is 0 and no purse is asked.</summary>
    public bool IsOn => _options.Enabled;

    public decimal CreditsPerMinute => IsOn ? _options.CreditsPerMinute : 0;

    public decimal UsdPerMinute => IsOn ? _options.UsdPerMinute : 0;

    /// <summary>Price of a thumbnail alone, in credits. The documents name no price in money, so it is the smallest: one cent.</summary>
    public Price Thumbnail => IsOn ? new Price(Credits: 1, Cents: 1) : Price.Nothing;

    /// <returns>The purse that pays for the caller's jobs; null where nothing is paid for.</returns>
    public Purse? PayerOf(Caller? caller) => IsOn ? caller?.Purse : null;

    /// <summary>
    /// The rate times the length as it is, not whole minutes of it; only the result is rounded. 185.4 s at 33 a minute
    /// is 101.97, so 102 credits; at a cent a minute 3.09, so 4 cents.
    /// </summary>
    /// <param name="duration">Length of the medium; null (unknown) is priced as <see cref="BillingOptions.UnknownDuration"/>.</param>
    public Price ForMedia(TimeSpan? duration)
    {
        // To the millisecond, as lengths are shown: nobody should find a credit more than the shown length costs.
        var milliseconds = Math.Round((decimal)(duration ?? _options.UnknownDuration).TotalMilliseconds);
        // Times the rate before it is divided: a third of a minute has no end in decimals, and 40 s at 33 came to 23.
        return new Price(
            Whole(milliseconds * CreditsPerMinute / MillisecondsOfMinute, _options.CreditRounding),
            Whole(milliseconds * UsdPerMinute * 100 / MillisecondsOfMinute, _options.CentRounding)
        );
    }

    /// <summary>Price of a job.</summary>
    /// <param name="kind">Kind of job.</param>
    /// <param name="duration">Length of the medium, as above.</param>
    public Price For(JobKind kind, TimeSpan? duration) => kind == JobKind.Thumbnail ? Thumbnail : ForMedia(duration);

    private static long Whole(decimal amount, Rounding rounding) =>
        (long)
            Math.Round(
                amount,
                rounding switch
                {
                    Rounding.Up => MidpointRounding.ToPositiveInfinity,
                    Rounding.Down => MidpointRounding.ToZero,
                    _ => MidpointRounding.AwayFromZero,
                }
            );
}
