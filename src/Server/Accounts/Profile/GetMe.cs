using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Profile;

/// <summary><c>GET /api/v1/auth/me</c>.</summary>
internal static class GetMe
{
    public static async Task<Ok<AccountView>> HandleAsync(
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var id = context.GetCaller().AccountId;
        var account = await db.Accounts.AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        return TypedResults.Ok(AccountView.Of(account));
    }
}
