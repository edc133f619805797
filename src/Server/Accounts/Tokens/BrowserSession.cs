namespace Decant.Server.Accounts.Tokens;

/// <summary>A session that was just begun.</summary>
/// <param name="User">Account of the session.</param>
/// <param name="Secret">Value of the cookie.</param>
/// <param name="ExpiresAt">Expiry (UTC).</param>
internal sealed record BrowserSession(AccountView User, string Secret, DateTimeOffset ExpiresAt);
