namespace Decant.Server.Accounts;

/// <summary>Scopes of API keys. Each authenticated endpoint names the scope it needs: <see cref="ScopeEndpoints.RequireScope{TBuilder}"/>.</summary>
internal static class Scopes
{
    /// <summary>Look URLs up, see jobs, watch them, get their files.</summary>
    public const string MediaRead = "media:read";

    /// <summary>Queue downloads, change, cancel and remove jobs.</summary>
    public const string MediaWrite = "media:write";

    /// <summary>See the account, its keys, its balances and what it was charged for.</summary>
    public const string AccountRead = "account:read";

    /// <summary>Change the account, make and revoke its keys.</summary>
    public const string AccountWrite = "account:write";

    /// <summary>Webhooks: to read, make, change and delete.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Other people's accounts. Worth something on an administrator's key only.</summary>
    public const string Admin = "admin";

    /// <summary>All that the account may do, now and in later versions.</summary>
    public const string Everything = "*";

    /// <summary>All that a key can be given.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        MediaRead,
        MediaWrite,
        AccountRead,
        AccountWrite,
        Webhooks,
        Admin,
        Everything,
    ];

    /// <summary>Stored form: separated by spaces.</summary>
    public static IReadOnlySet<string> Read(string kept) => kept.Split(' ').ToHashSet();
}
