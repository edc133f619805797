using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Keys;

/// <summary><c>POST /api/v1/auth/api-keys</c>. The one answer that has the key.</summary>
internal static class CreateKey
{
    /// <summary>Good keys of one account. Nobody needs so many; a runaway script might make them.</summary>
    private const int MostKeys = 100;

    public static async Task<Ok<CreatedKey>> HandleAsync(
        CreateKeyRequest request,
        HttpContext context,
        DecantDb db,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var name = request.ReadName();
        var scopes = request.ReadScopes(caller);
        var days = request.ReadDays();
        var clear = KeySecret.Create();
        var key = await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"keys of {caller.AccountId}", token);
                var now = time.GetUtcNow();
                await RefuseTooManyAsync(db, caller.AccountId, now, token);
                var made = new ApiKey
                {
                    AccountId = caller.AccountId,
                    Name = name,
                    Prefix = KeySecret.Prefix(clear),
                    Hash = KeySecret.Hash(clear),
                    Scopes = string.Join(' ', scopes),
                    CreatedAt = now,
                    ExpiresAt = await ExpiryAsync(db, caller, days is { } some ? now.AddDays(some) : null, token),
                };
                db.ApiKeys.Add(made);
                audit.Add(
                    db,
                    AuditAction.KeyCreated,
                    Actor.Of(context),
                    caller.AccountId,
                    $"{made.Prefix}…: {made.Scopes}"
                );
                await db.SaveChangesAsync(token);
                return made;
            },
            cancellationToken
        );
        return TypedResults.Ok(CreatedKey.Of(key, clear));
    }

    private static async Task RefuseTooManyAsync(
        DecantDb db,
        long accountId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var good = await db.ApiKeys.CountAsync(
            key =>
                key.AccountId == accountId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now),
            cancellationToken
        );
        if (good >= MostKeys)
        {
            throw new ApiException(
                ApiError.Forbidden,
                $"The account has {good} keys, and may have {MostKeys}. Revoke one that is not used any more."
            );
        }
    }

    /// <summary>A key cannot make one that outlives it: that would be more than it has.</summary>
    private static async Task<DateTimeOffset?> ExpiryAsync(
        DecantDb db,
        Caller caller,
        DateTimeOffset? wanted,
        CancellationToken cancellationToken
    )
    {
        var makers = caller.ApiKeyId is { } maker
            ? await db.ApiKeys.Where(key => key.Id == maker).Select(key => key.ExpiresAt).SingleAsync(cancellationToken)
            : null;
        return wanted > makers
            ? throw ApiException.Invalid(
                "expires_in_days",
                $"The key you use expires at {makers:u}; one that it makes cannot last longer."
            )
            : wanted ?? makers;
    }
}

/// <summary>An API key just made.</summary>
internal sealed record CreatedKey : KeyView
{
    /// <summary>The key itself (<c>ap_…</c>). Keep it: it is not shown again.</summary>
    public required string Key { get; init; }

    /// <summary>The same key, under the hosted service's name.</summary>
    public string ApiKey => Key;

    public static CreatedKey Of(ApiKey key, string clear) => new(KeyView.Of(key)) { Key = clear };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private CreatedKey(KeyView view)
        : base(view) => Key = "";
}
