using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Billing;

/// <summary>Settings under <c>Billing</c>.</summary>
internal sealed class BillingOptions
{
    /// <summary>Prices, purses and refusals for want of money; without them everything costs 0, and an account that is made meanwhile starts with empty purses.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Credits for a minute of media (the older document's table is 6).</summary>
    [Range(0, 1_000_000)]
    [Unit("credits a minute")]
    public decimal CreditsPerMinute { get; init; } = 33;

    /// <summary>US dollars for a minute of media, from an API wallet.</summary>
    [Range(0, 10_000)]
    [Unit("US dollars a minute")]
    public decimal UsdPerMinute { get; init; } = 0.01m;

    /// <summary>Rounding of a fraction of a credit.</summary>
    [EnumDataType(typeof(Rounding))]
    public Rounding CreditRounding { get; init; } = Rounding.Up;

    /// <summary>Rounding of a fraction of a cent.</summary>
    [EnumDataType(typeof(Rounding))]
    public Rounding CentRounding { get; init; } = Rounding.Up;

    /// <summary>Credits that a new account starts with.</summary>
    [Range(0, Grants.Most)]
    [Unit("credits")]
    public long NewAccountCredits { get; init; } = 10_000;

    /// <summary>US dollars in the API wallet that a new account starts with, so that its first key can download; fractions of a cent are dropped.</summary>
    [Range(0, 1_000_000_000)]
    [Unit("US dollars")]
    public decimal NewAccountUsd { get; init; } = 10.00m;

    /// <summary>Length that is held for a medium of unknown length; the price is settled to the real length.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan UnknownDuration { get; init; } = TimeSpan.FromMinutes(10);
}

internal enum Rounding
{
    Up,
    Nearest,
    Down,
}
