namespace Decant.Server.Tests.Billing;

/// <summary>Settings under which media of some seconds have a price: a credit and ten cents a second, and purses that are empty at first.</summary>
internal static class SmallPrices
{
    public static readonly string[] Settings =
    [
        "Accounts:AllowSignUp=true",
        "Billing:CreditsPerMinute=600",
        "Billing:UsdPerMinute=6",
        "Billing:NewAccountCredits=0",
        "Billing:NewAccountUsd=0",
        "Billing:UnknownDuration=00:00:02",
    ];
}
