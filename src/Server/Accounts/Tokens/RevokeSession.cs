using Decant.Server.Accounts.Audit;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>DELETE /api/v1/auth/sessions/{id}</c> and <c>DELETE /api/v1/auth/sessions</c>.</summary>
internal static class RevokeSession
{
    /// <param name="id">Id of a session of one's own.</param>
    public static async Task<Ok<SignedOut>> HandleAsync(
        Guid id,
        HttpContext context,
        Sessions sessions,
        CancellationToken cancellationToken
    ) =>
        await sessions.EndAsync(context.GetCaller().AccountId, id, Actor.Of(context), cancellationToken)
            ? TypedResults.Ok(new SignedOut("Signed out"))
            : throw new ApiException(ApiError.NotFound, $"There is no session {id} of yours.");

    /// <summary>Ends all but the caller's own.</summary>
    public static async Task<Ok<EndedSessions>> HandleOthersAsync(
        HttpContext context,
        DecantDb db,
        Sessions sessions,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var others = await db.OpenSessionsOf(caller.AccountId, time.GetUtcNow())
            .Where(session => session.Id != caller.SessionId)
            .Select(session => session.Id)
            .ToListAsync(cancellationToken);
        var ended = 0;
        foreach (var other in others)
        {
            ended += await sessions.EndAsync(caller.AccountId, other, Actor.Of(context), cancellationToken) ? 1 : 0;
        }

        return TypedResults.Ok(new EndedSessions(ended));
    }
}

/// <param name="Ended">Number of sessions that have ended by this.</param>
internal sealed record EndedSessions(int Ended);
