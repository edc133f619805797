using System.Security.Claims;
using System.Text.Encodings.Web;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>Reads an API key from <c>X-API-Key</c> or <c>Authorization: Bearer</c>. Looked up each time, so a revocation counts at once.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    DecantDb db,
    KeyUse use,
    TimeProvider time
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    private ApiException? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadKey() is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        var hash = KeySecret.Hash(key);
        var found = await db
            .ApiKeys.AsNoTracking()
            .Where(one => one.Hash == hash)
            .Join(
                db.Accounts,
                one => one.AccountId,
                account => account.Id,
                (one, account) => new { Key = one, account }
            )
            .SingleOrDefaultAsync(Context.RequestAborted);
        if (found is null)
        {
            return Refuse(ApiError.Unauthenticated, "The API key is not known here. Check it for missing characters.");
        }

        var now = time.GetUtcNow();
        if (found.Key.RevokedAt is not null)
        {
            return Refuse(ApiError.KeyRevoked, $"The API key {found.Key.Prefix}… is revoked.");
        }

        if (found.Key.ExpiresAt <= now)
        {
            return Refuse(ApiError.KeyRevoked, $"The API key {found.Key.Prefix}… expired at {found.Key.ExpiresAt:u}.");
        }

        if (found.account.Disabled)
        {
            return Refuse(ApiError.KeyRevoked, "The account of this API key is disabled.");
        }

        use.Note(found.Key, now);
        Context.SetCaller(
            new Caller(found.account.Id, found.Key.Id, Purse.Wallet, found.account.IsAdministrator)
            {
                Scopes = found.Key.Scopes.Split(' ').ToHashSet(),
            }
        );
        var identity = new ClaimsIdentity(SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(
            Context,
            _refusal
                ?? new ApiException(
                    ApiError.Unauthenticated,
                    "Send an API key in the header X-API-Key, or as Authorization: Bearer."
                )
        );

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, new ApiException(ApiError.Forbidden, "This caller may not do that."));

    private AuthenticateResult Refuse(ApiError error, string detail)
    {
        _refusal = new ApiException(error, detail);
        return AuthenticateResult.Fail(_refusal);
    }

    private string? ReadKey()
    {
        if (Request.Headers["X-API-Key"] is [{ Length: > 0 } key])
        {
            return key;
        }

        return
            Request.Headers.Authorization is [{ } authorization]
            && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : null;
    }
}
