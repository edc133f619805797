using Decant.Server.Money;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>The authenticated caller and the purse that pays: the API wallet for a key, the credits for a token.</summary>
internal sealed record Caller(long AccountId, long? ApiKeyId, Purse Purse, bool IsAdministrator)
{
    /// <summary>The session of a token of ours.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Time (UTC) of the credential's next check, at its expiry; null for a credential that does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Scopes of the credential; <see cref="Has"/> applies the account's role to them.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>The credential has the scope, and the account's role allows it.</summary>
    public bool Has(string scope) =>
        (Scopes.Contains(scope) || Scopes.Contains(Accounts.Scopes.Everything))
        && (scope != Accounts.Scopes.Admin || IsAdministrator);
}

internal static class CallerContext
{
    /// <summary>The caller of an endpoint that requires one.</summary>
    public static Caller GetCaller(this HttpContext context) =>
        context.TryGetCaller() ?? throw new InvalidOperationException("The endpoint does not require a caller.");

    public static Caller? TryGetCaller(this HttpContext context) => context.Features.Get<Caller>();

    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
