namespace Decant.Server.Money;

/// <summary>Purse that pays: credits for tokens, the wallet (US cents) for API keys.</summary>
internal enum Purse
{
    Credits,
    Wallet,
}
