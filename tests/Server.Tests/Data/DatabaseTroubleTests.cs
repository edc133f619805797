using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Decant.Server.Tests.Data;

public sealed class DatabaseTroubleTests
{
    [Fact]
    public async Task A_PostgreSQL_that_was_stopped_is_trouble_for_an_open_connection_and_for_a_new_one()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var options = new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(await postgres.CreateDatabaseAsync()).Options;
        await using var open = new PostgresDb(options);
        await open.MigrateAsync(CancellationToken.None);
        await using var transaction = await open.Database.BeginTransactionAsync();
        await open.Accounts.CountAsync();

        await postgres.StopAsync();

        await AssertTroubleAsync(() => open.Accounts.CountAsync());
        await AssertTroubleAsync(() => transaction.CommitAsync());
        await using var fresh = new PostgresDb(options);
        await AssertTroubleAsync(() => fresh.Accounts.CountAsync());
        await AssertTroubleAsync(() => fresh.InWriteTransactionAsync(_ => Task.CompletedTask, CancellationToken.None));
        await AssertTroubleAsync(() => fresh.TryWriteAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("53300", true)] // too many connections
    [InlineData("57P01", true)] // shut down by an administrator
    [InlineData("57P03", true)] // still starting
    [InlineData("53100", true)] // disk full
    [InlineData("25006", true)] // read-only
    [InlineData("23505", false)] // unique violation
    [InlineData("42P01", false)] // no such table
    [InlineData("22021", false)] // text that cannot be stored
    public void PostgreSQLs_own_errors_are_told_apart(string state, bool isTrouble)
    {
        var own = new PostgresException("as PostgreSQL says it", "ERROR", "ERROR", state);

        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(own));
        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(new DbUpdateException("wrapped", own)));
        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(new InvalidOperationException("by EF", own)));
        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(new Quartz.JobPersistenceException("by Quartz", own)));
    }

    [Theory]
    [InlineData("Npgsql", true)]
    [InlineData("Decant.Server", false)]
    public void A_connection_that_ends_under_its_reader_is_trouble_and_a_fault_of_our_own_is_not(
        string where,
        bool isTrouble
    )
    {
        var fault = Assert.Throws<NullReferenceException>(() => ((NpgsqlDataReader)null!).Read());
        fault.Source = where;

        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(fault));
        Assert.Equal(isTrouble, DatabaseTrouble.IsCauseOf(new ObjectDisposedException("one") { Source = where }));
    }

    [Fact]
    public async Task An_SQLite_that_is_locked_or_read_only_is_trouble_and_one_with_a_fault_in_a_statement_is_not()
    {
        var directory = Directory.CreateTempSubdirectory("decant-test-");
        try
        {
            var source = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(directory.FullName, "one.db"),
                Pooling = false,
                DefaultTimeout = 1,
            };
            await using var db = Open(source.ToString());
            await db.MigrateAsync(CancellationToken.None);
            await db.TryWriteAsync(CancellationToken.None);

            await using (var other = new SqliteConnection(source.ToString()))
            {
                await other.OpenAsync();
                await using var locked = other.CreateCommand();
                locked.CommandText = "BEGIN IMMEDIATE";
                await locked.ExecuteNonQueryAsync();
                await AssertTroubleAsync(() => db.TryWriteAsync(CancellationToken.None));
            }

            source.Mode = SqliteOpenMode.ReadOnly;
            await using var readOnly = Open(source.ToString());
            await AssertTroubleAsync(() => readOnly.TryWriteAsync(CancellationToken.None));
            Assert.False(
                DatabaseTrouble.IsCauseOf(
                    await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync($"DELETE FROM nothing"))
                )
            );
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static SqliteDb Open(string source) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(source).Options);

    private static async Task AssertTroubleAsync(Func<Task> work)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(work);
        Assert.True(DatabaseTrouble.IsCauseOf(failure), $"{failure}");
    }
}
