using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Admin;

/// <summary><c>GET /api/v1/admin/users</c>.</summary>
internal static class ListAccounts
{
    /// <param name="search">A part of the e-mail address or the name, in any case.</param>
    /// <param name="page">Page of the list.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Token that ends the request.</param>
    public static async Task<Ok<PageOf<AccountView>>> HandleAsync(
        string? search,
        [AsParameters] Page page,
        DecantDb db,
        CancellationToken cancellationToken
    )
    {
        var (limit, skip) = page.Read();
        var accounts = db.Accounts.AsNoTracking();
        if (search?.Trim() is { Length: > 0 } part)
        {
            if (part.Any(char.IsControl))
            {
                throw ApiException.Invalid("search", "Search for a part of a name or an address, on one line.");
            }

            var upper = part.ToUpperInvariant();
#pragma warning disable CA1862 // Becomes SQL, which has no StringComparison.
            accounts = accounts.Where(account =>
                account.NormalizedEmail.Contains(upper)
                || (account.FullName != null && account.FullName.ToUpper().Contains(upper))
            );
#pragma warning restore CA1862
        }

        var total = await accounts.CountAsync(cancellationToken);
        var shown = await accounts
            .OrderByDescending(account => account.Id)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new PageOf<AccountView>([.. shown.Select(AccountView.Of)], total, limit, skip));
    }
}
