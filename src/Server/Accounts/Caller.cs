using Decant.Server.Billing;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>Who is calling and which purse pays: a key pays from the wallet, a token from the credits.</summary>
internal sealed record Caller(long AccountId, long? ApiKeyId, Purse Purse, bool IsAdministrator)
{
    /// <summary>The session of a token of ours.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>When the credential has to be looked at again, for it may be over by then; null for one that lasts.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>As the credential has them; <see cref="Has"/> says what they are worth.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>Whether the credential allows this, and the account may do it at all.</summary>
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
