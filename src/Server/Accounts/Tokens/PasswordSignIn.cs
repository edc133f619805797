using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts.Tokens;

/// <summary>Sign-in by e-mail address and password. A stranger learns nothing about who has an account: not from the answer, not from its time, not from the lock.</summary>
internal sealed class PasswordSignIn(DecantDb db, SignInGuard guard, Passwords passwords, AuditTrail audit)
{
    /// <param name="name">E-mail address.</param>
    /// <param name="password">The password in plain text.</param>
    /// <param name="context">The request, for the actor's address.</param>
    /// <param name="tryBegin">Beginning of the session inside the write transaction; null where the account was changed meanwhile.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <exception cref="ApiException"><c>unauthenticated</c>, <c>forbidden</c> for a disabled account, <c>rate_limited</c> after too many wrong ones.</exception>
    public async Task<T> SignInAsync<T>(
        string name,
        string password,
        HttpContext context,
        Func<DecantDb, Account, CancellationToken, Task<T?>> tryBegin,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var actor = Actor.Of(context) with { AccountId = null, ApiKeyId = null };
        var counted = SignInName.Of(name, actor);
        var tries = await guard.CountAsync(counted, name, actor, cancellationToken);

        var account = await db.FindOwnerAsync(name, cancellationToken);
        var isRight = await passwords.IsRightAsync(account?.PasswordHash, password, cancellationToken);
        var begun = await db.InWriteTransactionAsync(
            async token =>
            {
                var session = isRight ? await tryBegin(db, account!, token) : null;
                if (session is not null)
                {
                    await SignInGuard.ForgetAsync(db, counted, token);
                    var before = tries > 1 ? $"After {SignInGuard.SumOf(tries - 1)}" : null;
                    audit.Add(db, AuditAction.SignedIn, actor with { AccountId = account!.Id }, account.Id, before);
                }
                else if (account is null ? await guard.IsFirstOfNobodyAsync(db, actor, token) : tries == 1)
                {
                    // The first of an address alone: the sum follows with the lock, or with the right one.
                    audit.Add(db, AuditAction.SignInFailed, actor, account?.Id);
                }

                await db.SaveChangesAsync(token);
                return session;
            },
            cancellationToken
        );
        return begun
            ?? throw (
                isRight && account!.Disabled
                    ? new ApiException(ApiError.Forbidden, "This account is disabled. Ask the operator of this server.")
                    : new ApiException(ApiError.Unauthenticated, "The e-mail address or the password is wrong.")
            );
    }
}
