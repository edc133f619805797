using Decant.Server.Billing;
using Decant.Server.Money;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Billing;

public sealed class PricingTests
{
    [Theory]
    [InlineData(185.4, 102, 4)]
    [InlineData(5 * 60, 165, 5)]
    [InlineData(10 * 60, 330, 10)]
    [InlineData(30 * 60, 990, 30)]
    [InlineData(2 * 60 * 60, 3960, 120)]
    [InlineData(40, 22, 1)] // Two thirds of a minute have no end in decimals.
    [InlineData(0.001, 1, 1)]
    [InlineData(0, 0, 0)]
    public void The_newer_documents_prices_hold(double seconds, long credits, long cents)
    {
        Assert.Equal(new Price(credits, cents), Pricing().ForMedia(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData(5 * 60, 30)]
    [InlineData(10 * 60, 60)]
    [InlineData(30 * 60, 180)]
    [InlineData(2 * 60 * 60, 720)]
    public void At_six_a_minute_the_older_documents_prices_hold(double seconds, long credits)
    {
        var pricing = Pricing(new BillingOptions { CreditsPerMinute = 6 });

        Assert.Equal(credits, pricing.ForMedia(TimeSpan.FromSeconds(seconds)).Credits);
    }

    [Fact]
    public void What_becomes_of_a_part_is_a_setting()
    {
        var down = Pricing(new BillingOptions { CreditRounding = Rounding.Down, CentRounding = Rounding.Nearest });

        Assert.Equal(new Price(101, 3), down.ForMedia(TimeSpan.FromSeconds(185.4)));
    }

    [Fact]
    public void An_unknown_length_is_priced_as_the_setting_says()
    {
        Assert.Equal(new Price(330, 10), Pricing().ForMedia(null));
    }

    [Fact]
    public void A_longer_medium_never_costs_less_and_no_price_is_a_whole_unit_too_high()
    {
        var pricing = Pricing();

        Prop.ForAll<uint, uint>(
                (a, b) =>
                {
                    var (shorter, longer) = (
                        TimeSpan.FromMilliseconds(Math.Min(a, b)),
                        TimeSpan.FromMilliseconds(Math.Max(a, b))
                    );
                    var (less, more) = (pricing.ForMedia(shorter), pricing.ForMedia(longer));
                    var exact = (decimal)longer.TotalSeconds * 33 / 60;
                    return less.Credits <= more.Credits
                        && less.Cents <= more.Cents
                        && more.Credits >= exact
                        && more.Credits < exact + 1;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(2500, "$25.00")]
    [InlineData(4, "$0.04")]
    [InlineData(-150, "-$1.50")]
    public void Cents_are_shown_as_dollars(long cents, string shown)
    {
        Assert.Equal(shown, Usd.FromCents(cents));
    }

    private static Pricing Pricing(BillingOptions? options = null) =>
        new(Options.Create(options ?? new BillingOptions()));
}
