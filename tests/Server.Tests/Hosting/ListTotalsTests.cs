using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs;
using Decant.Server.Tests.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Hosting;

public abstract class ListTotalsTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    [Fact]
    public async Task A_total_up_to_10000_is_exact_at_every_request()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        var id = await DoneAsync(server);
        await CopyAsync(server, id, ListTotals.Exact - 2);
        Assert.Equal(ListTotals.Exact - 1, await ListedAsync(server));

        await CopyAsync(server, id, 1);
        Assert.Equal(ListTotals.Exact, await ListedAsync(server));
        await (await server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();
        Assert.Equal(ListTotals.Exact - 1, await ListedAsync(server));
    }

    [Fact]
    public async Task A_larger_total_is_remembered_for_each_account_and_filter()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        await CopyAsync(server, await DoneAsync(server), ListTotals.Exact);
        using var other = await server.NewClientAsync();

        Assert.Equal(ListTotals.Exact + 1, await ListedAsync(server));
        Assert.Equal(ListTotals.Exact + 1, await ListedAsync(server, "?status=COMPLETED"));
        Assert.Equal(0, await ListedAsync(server, "?status=FAILED"));
        Assert.Equal(0, (await (await other.GetAsync(JobFlow.Jobs)).ReadOkAsync()).Number("total"));
    }

    [Fact]
    public async Task A_larger_total_is_counted_before_the_answer_where_it_has_grown_too_old_and_exact_where_it_has_shrunk()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>();
        var id = await DoneAsync(server);
        await CopyAsync(server, id, ListTotals.Exact);
        var time = new ManualTime();
        using var totals = new ListTotals(server.Get<IDbContextFactory<DecantDb>>(), time);
        Assert.Equal(ListTotals.Exact + 1, await CountAsync(server, totals));

        await CopyAsync(server, id, 5);
        time.Advance(ListTotals.Fresh);
        Assert.Equal(ListTotals.Exact + 1, await CountAsync(server, totals));
        time.Advance(ListTotals.Oldest - ListTotals.Fresh + Instant);
        Assert.Equal(ListTotals.Exact + 6, await CountAsync(server, totals));

        await RemoveAsync(server, 7);
        time.Advance(ListTotals.Oldest + Instant);
        Assert.Equal(ListTotals.Exact - 1, await CountAsync(server, totals));
        await CopyAsync(server, id, 1);
        Assert.Equal(ListTotals.Exact, await CountAsync(server, totals));
    }

    private static async Task<long> DoneAsync(DecantServer server)
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?totals"), format = "m4a" });
        await server.CompletionOfAsync(id);
        return id;
    }

    private static async Task CopyAsync(DecantServer server, long id, int copies)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await JobCopies.MakeAsync(db, id, copies);
    }

    private static async Task RemoveAsync(DecantServer server, int jobs)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var newest = await db.Jobs.OrderByDescending(job => job.Id).Select(job => job.Id).FirstAsync();
        await db.Jobs.Where(job => job.Id > newest - jobs).ExecuteDeleteAsync();
    }

    private static async Task<long> ListedAsync(DecantServer server, string query = "") =>
        (await (await server.Http.GetAsync($"{JobFlow.Jobs}{query}")).ReadOkAsync()).Number("total");

    private static async Task<int> CountAsync(DecantServer server, ListTotals totals)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        return await totals.CountAsync(db, "all jobs", session => session.Jobs, CancellationToken.None);
    }
}

public sealed class ListTotalsOnSqlite : ListTotalsTests<Sqlite>;

public sealed class ListTotalsOnPostgres : ListTotalsTests<Postgres>;
