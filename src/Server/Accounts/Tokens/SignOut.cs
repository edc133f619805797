using Decant.Server.Accounts.Audit;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>POST /api/v1/auth/logout</c>. Wants no scope: whoever holds a token may give it up.</summary>
internal static class SignOut
{
    public static async Task<Ok<SignedOut>> HandleAsync(
        [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)]
            RefreshRequest? request,
        HttpContext context,
        Sessions sessions,
        CancellationToken cancellationToken
    )
    {
        var actor = Actor.Of(context);
        if (request?.RefreshToken is { Length: > 0 } refresh)
        {
            await sessions.SignOutAsync(refresh, actor, cancellationToken);
        }
        else if (context.TryGetCaller()?.SessionId is { } session)
        {
            await sessions.SignOutAsync(session, actor, cancellationToken);
        }
        else
        {
            throw new ApiException(
                ApiError.Unauthenticated,
                "Send the access token of the session as Authorization: Bearer, or its refresh_token in the body."
            );
        }

        return TypedResults.Ok(new SignedOut("Signed out"));
    }
}

/// <param name="Message">Text for a person.</param>
internal sealed record SignedOut(string Message);
