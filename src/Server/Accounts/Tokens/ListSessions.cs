using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>GET /api/v1/auth/sessions</c>.</summary>
internal static class ListSessions
{
    public static async Task<Ok<PageOf<SessionView>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        DecantDb db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var caller = context.GetCaller();
        var (limit, skip) = page.Read();
        var sessions = db.OpenSessionsOf(caller.AccountId, time.GetUtcNow()).AsNoTracking();
        var total = await sessions.CountAsync(cancellationToken);
        var shown = await sessions
            .OrderByDescending(session => session.CreatedAt)
            .ThenBy(session => session.Id)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new PageOf<SessionView>(
                [.. shown.Select(session => SessionView.Of(session, caller.SessionId))],
                total,
                limit,
                skip
            )
        );
    }
}
