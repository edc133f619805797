using Decant.Server.Billing;

namespace Decant.Server.Accounts;

/// <summary>Who is calling and which purse pays: a key pays from the wallet, a token from the credits.</summary>
internal sealed record Caller(long AccountId, long? ApiKeyId, Purse Purse, bool IsAdministrator);
