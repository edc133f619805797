using Decant.Server.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>GET /api/v1/admin/users/{id}</c>.</summary>
internal static class GetAccount
{
    public static async Task<Ok<AccountView>> HandleAsync(long id, DecantDb db, CancellationToken cancellationToken) =>
        TypedResults.Ok(AccountView.Of(await db.GetAccountAsync(id, cancellationToken)));
}
