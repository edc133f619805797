using System.Diagnostics;
using System.Net;
using Decant.Server.Accounts;
using Decant.Server.Money;
using Decant.Server.RateLimits;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.RateLimits;

public sealed class RateLimiterTests
{
    private static readonly ClientId Somebody = ClientId.Of(new Caller(1, 1, Purse.Wallet, false));
    private readonly ManualTime _time = new();

    [Fact]
    public void As_many_calls_pass_as_the_limit_says_and_not_one_more()
    {
        var limiter = Limiter(download: 3);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Take(limiter).Allowed));
    }

    [Fact]
    public void No_minute_holds_more_than_the_limit_wherever_it_begins()
    {
        var limiter = Limiter(download: 2);
        Take(limiter);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(Take(limiter).Allowed);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(Take(limiter).Allowed);
        Assert.False(Take(limiter).Allowed);
    }

    [Fact]
    public void Waiting_as_told_is_enough_and_a_moment_less_is_not()
    {
        var limiter = Limiter(download: 1);
        Take(limiter);
        _time.Advance(TimeSpan.FromSeconds(20));
        var refused = Take(limiter);
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Reset);

        _time.Advance(refused.Reset - TimeSpan.FromTicks(1));
        Assert.False(Take(limiter).Allowed);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(Take(limiter).Allowed);
    }

    [Fact]
    public void Callers_and_limits_are_counted_apart()
    {
        var limiter = Limiter(download: 1);
        Take(limiter);

        Assert.True(limiter.TakeHere(RateLimit.Download, ClientId.Of(new Caller(1, 2, Purse.Wallet, false))).Allowed);
        Assert.True(
            limiter.TakeHere(RateLimit.Download, ClientId.Of(new Caller(1, null, Purse.Credits, false))).Allowed
        );
        Assert.True(limiter.TakeHere(RateLimit.Info, Somebody).Allowed);
        Assert.False(Take(limiter).Allowed);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void One_client_is_one_IPv4_address_or_a_64_of_IPv6(string one, string other, bool same)
    {
        Assert.Equal(same, ClientId.Of(IPAddress.Parse(one)) == ClientId.Of(IPAddress.Parse(other)));
    }

    [Fact]
    public void A_call_counts_although_the_generation_turned_in_between()
    {
        var limiter = Limiter(download: 1);
        _time.Advance(TimeSpan.FromSeconds(59));
        Take(limiter);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(Take(limiter).Allowed);
    }

    [Fact]
    public void Racing_calls_are_all_counted()
    {
        var limiter = Limiter(download: 50);
        var passed = 0;

        Parallel.For(
            0,
            500,
            _ =>
            {
                if (Take(limiter).Allowed)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        );

        Assert.Equal(50, passed);
    }

    [Fact]
    public void A_flood_of_addresses_costs_little_time_each()
    {
        var limiter = Limiter(download: 10);
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < 300_000; i++)
        {
            limiter.TakeHere(RateLimit.Download, ClientId.Of(new IPAddress(i)));
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Quiet.Bound(TimeSpan.FromSeconds(30)));
    }

    private static Verdict Take(RateLimiter limiter) => limiter.TakeHere(RateLimit.Download, Somebody);

    private RateLimiter Limiter(int download) =>
        new(Options.Create(new RateLimitOptions { Download = download }), _time);
}
