using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Browser;

/// <summary><c>DELETE /api/v1/auth/session</c>: ends the session of the cookie, and takes the cookie away.</summary>
internal static class EndSession
{
    public static async Task<Ok<SignedOut>> HandleAsync(
        HttpContext context,
        Sessions sessions,
        CancellationToken cancellationToken
    )
    {
        if (context.TryGetCaller()?.SessionId is { } session)
        {
            await sessions.SignOutAsync(session, Actor.Of(context), cancellationToken);
        }

        SessionCookie.Delete(context);
        return TypedResults.Ok(new SignedOut("Signed out"));
    }
}
