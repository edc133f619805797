using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Ending;
using Decant.Server.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Decant.Server.Tests.Jobs;

public abstract class RetentionTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task Jobs_that_ended_long_ago_go_with_their_files_and_the_books_stay()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>("Jobs:Retention=30.00:00:00");
        var old = await CompleteAsync(server, "old");
        var young = await CompleteAsync(server, "young");
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db
                .Jobs.Where(job => job.Id == old)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(job => job.CompletedAt, TimeProvider.System.GetUtcNow().AddDays(-31))
                );
        }

        await server
            .Services.GetServices<IHostedService>()
            .OfType<JobRetention>()
            .Single()
            .RunAsync(CancellationToken.None);

        await (await server.Http.GetAsync($"{JobFlow.Jobs}/{old}")).ReadProblemAsync(404, "not_found");
        Assert.Equal("COMPLETED", (await server.JobAsync(young)).Text("status"));
        Assert.Single(server.FilesIn("files"));
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(old));
    }

    private static async Task<long> CompleteAsync(DecantServer server, string name)
    {
        var id = await server.StartAsync(
            new { url = server.Origin($"media/small.mp4?retention{name}"), format = "m4a" }
        );
        await server.CompletionOfAsync(id);
        return id;
    }
}

public sealed class RetentionOnSqlite : RetentionTests<Sqlite>;

public sealed class RetentionOnPostgres : RetentionTests<Postgres>;
