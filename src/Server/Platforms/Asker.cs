using Decant.Server.RateLimits;

namespace Decant.Server.Platforms;

/// <summary>The one for whom a page is looked up: an account, or a stranger at an address.</summary>
internal readonly record struct Asker
{
    private Asker(long? account, string client) => (Account, Client) = (account, client);

    /// <summary>Account that asks; null for a stranger.</summary>
    public long? Account { get; }

    /// <summary>The stranger's address, as rate limits count it; empty for an account.</summary>
    public string Client { get; }

    public static Asker Of(long account) => new(account, "");

    public static Asker Stranger(ClientId client) => new(null, client.ToString());
}
