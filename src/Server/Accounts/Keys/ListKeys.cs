using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Keys;

/// <summary><c>GET /api/v1/auth/api-keys</c>.</summary>
internal static class ListKeys
{
    public static async Task<Ok<PageOf<KeyView>>> HandleAsync(
        [AsParameters] Page page,
        HttpContext context,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var account = context.GetCaller().AccountId;
        var (limit, skip) = page.Read();
        var keys = db.ApiKeys.AsNoTracking().Where(key => key.AccountId == account);
        var total = await keys.CountAsync(cancellationToken);
        var shown = await keys.OrderByDescending(key => key.Id).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(new PageOf<KeyView>([.. shown.Select(KeyView.Of)], total, limit, skip));
    }
}
