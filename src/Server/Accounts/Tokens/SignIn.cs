using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>POST /api/v1/auth/token</c>. A stranger learns nothing about who has an account: not from the answer, not from its time, not from the lock.</summary>
internal static class SignIn
{
    public static async Task<Ok<TokenAnswer>> HandleAsync(
        SignInForm form,
        HttpContext context,
        DecantDb db,
        SignInGuard guard,
        Passwords passwords,
        Sessions sessions,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        var actor = Actor.Of(context) with { AccountId = null, ApiKeyId = null };
        await guard.CountAsync(form.Username, actor, cancellationToken);

        var account = await db.FindOwnerAsync(form.Username, cancellationToken);
        var isRight = await passwords.IsRightAsync(account?.PasswordHash, form.Password, cancellationToken);
        var answer = await db.InWriteTransactionAsync(
            async token =>
            {
                var begun = isRight ? await sessions.TryBeginAsync(db, account!, token) : null;
                if (begun is null)
                {
                    audit.Add(db, AuditAction.SignInFailed, actor, account?.Id);
                }
                else
                {
                    await SignInGuard.ForgetAsync(db, form.Username, token);
                    audit.Add(db, AuditAction.SignedIn, actor with { AccountId = account!.Id }, account.Id);
                }

                await db.SaveChangesAsync(token);
                return begun;
            },
            cancellationToken
        );
        return TypedResults.Ok(
            answer
                ?? throw (
                    isRight && account!.Disabled
                        ? new ApiException(
                            ApiError.Forbidden,
                            "This account is disabled. Ask the operator of this server."
                        )
                        : new ApiException(ApiError.Unauthenticated, "The e-mail address or the password is wrong.")
                )
        );
    }
}
