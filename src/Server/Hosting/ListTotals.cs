using Decant.Server.Data;
using Decant.Server.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Decant.Server.Hosting;

/// <summary>
/// Totals of lists. Counting takes some 100 ns a row, in an index too, which of a long list is nearly all that a page costs: a large
/// total is remembered, told at once, and counted anew beside the request. Small ones are counted for each. ADR 71.
/// </summary>
internal sealed class ListTotals(IDbContextFactory<DecantDb> databases, TimeProvider time) : IDisposable
{
    /// <summary>Total up to which it is exact.</summary>
    public const int Exact = 10_000;

    /// <summary>Age up to which a larger one is told.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromSeconds(30);

    /// <summary>Age from which it is counted anew.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _large = new(new MemoryCacheOptions { SizeLimit = 1000 });

    /// <param name="db">The request's session with the database.</param>
    /// <param name="list">A value that names the list: of what, whose, and its filter.</param>
    /// <param name="rows">The list's rows, of any session.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>The number of rows: exact up to <see cref="Exact"/>, beyond that at most <see cref="Oldest"/> old.</returns>
    public async Task<int> CountAsync<TRow>(
        DecantDb db,
        object list,
        Func<DecantDb, IQueryable<TRow>> rows,
        CancellationToken cancellationToken
    )
    {
        // SQLite counts on the caller's thread, whatever the call's name.
        Task<int> CountBesideAsync() => Task.Run(() => CountAsync(rows), CancellationToken.None);

        if (
            _large.TryGetValue(list, out Recent<int>? known)
            && await known!.GetAsync(CountBesideAsync, cancellationToken) is var recent and > Exact
        )
        {
            return recent;
        }

        var total = await rows(db).CountAsync(cancellationToken);
        if (total > Exact)
        {
            await RememberAsync(list, total);
        }
        else
        {
            _large.Remove(list);
        }

        return total;
    }

    public void Dispose() => _large.Dispose();

    private async Task RememberAsync(object list, int total)
    {
        var recent = new Recent<int>(Fresh, time, Oldest);
        await recent.GetAsync(() => Task.FromResult(total), CancellationToken.None);
        _large.Set(list, recent, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused });
    }

    private async Task<int> CountAsync<TRow>(Func<DecantDb, IQueryable<TRow>> rows)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await rows(db).CountAsync(CancellationToken.None);
    }
}
