namespace Decant.Server.Billing;

/// <summary>Settings under <c>Billing</c>.</summary>
internal sealed class BillingOptions
{
    public decimal CreditsPerMinute { get; init; } = 33;
    public decimal UsdPerMinute { get; init; } = 0.01m;
    public long NewAccountCredits { get; init; } = 10_000;

    /// <summary>What is held for a medium whose length nobody knows before it is here; settled to the real length.</summary>
    public TimeSpan UnknownDuration { get; init; } = TimeSpan.FromMinutes(10);
}
