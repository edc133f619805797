using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Billing;

/// <summary>Settings under <c>Billing</c>.</summary>
internal sealed class BillingOptions
{
    /// <summary>Credits for a minute of media (the older document's table is 6).</summary>
    [Range(0, 1_000_000)]
    public decimal CreditsPerMinute { get; init; } = 33;

    /// <summary>US dollars for a minute of media, from an API wallet.</summary>
    [Range(0, 10_000)]
    public decimal UsdPerMinute { get; init; } = 0.01m;

    /// <summary>Rounding of a fraction of a credit.</summary>
    [EnumDataType(typeof(Rounding))]
    public Rounding CreditRounding { get; init; } = Rounding.Up;

    /// <summary>Rounding of a fraction of a cent.</summary>
    [EnumDataType(typeof(Rounding))]
    public Rounding CentRounding { get; init; } = Rounding.Up;

    /// <summary>Credits that a new account starts with. Its wallet starts empty.</summary>
    [Range(0, Grants.Most)]
    public long NewAccountCredits { get; init; } = 10_000;

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
