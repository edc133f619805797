using Decant.Server.Data;
using Decant.Server.Downloads;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Downloads;

public sealed class RehearsalOnSqliteTests : RehearsalTests<Sqlite>;

public sealed class RehearsalOnPostgresTests : RehearsalTests<Postgres>;

/// <summary>Preparation of a young server for its first download.</summary>
public abstract class RehearsalTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task A_server_that_has_rehearsed_a_download_knows_of_none()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Extractor:WarmUp=true");

        await server.Get<Rehearsal>().Done.WaitAsync(TestContext.Current.CancellationToken);

        await using var db = await server
            .Get<IDbContextFactory<DecantDb>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await db.Jobs.ToListAsync(TestContext.Current.CancellationToken));
    }
}
