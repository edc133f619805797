using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Data;

public sealed class SqliteDbTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task Progress_is_written_without_waiting_for_the_disk_and_money_is_not()
    {
        await using var db = await _server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        Task<long> SynchronousAsync() =>
            db.Database.SqlQuery<long>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync();

        Assert.Equal(1, await SynchronousAsync());
        Assert.Equal(2, await db.InWriteTransactionAsync(_ => SynchronousAsync(), CancellationToken.None));
        Assert.Equal(1, await SynchronousAsync());
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer()
    {
        await using var db = await _server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();

        var mode = await db
            .Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode")
            .SingleAsync();

        Assert.Equal("wal", mode);
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_block_the_next_start()
    {
        var directory = Directory.CreateTempSubdirectory("decant-test-");
        await using (var connection = new SqliteConnection($"Data Source={directory.FullName}/decant.db"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            // As EF leaves it.
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        await using (var server = await DecantServer.StartAsync<Sqlite>($"data={directory.FullName}"))
        {
            await (await server.Http.GetAsync("/api/v1/video/formats")).ReadOkAsync();
        }

        directory.Delete(recursive: true);
    }
}
