using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Data;

/// <summary>
/// This version on the databases of earlier ones, which were made by their programs: two accounts, two keys, a webhook, and of
/// the administrator's jobs two completed, one broken off by a kill, one queued and one cancelled.
/// </summary>
public sealed class UpgradeTests
{
    private static readonly string Releases = Path.Combine(
        Repository.Root,
        "tests",
        "Server.Tests",
        "Data",
        "Releases"
    );

    /// <summary>The lab that the release was tried with listened at 8090; an origin that never answers takes its place, so that unfinished jobs stay so.</summary>
    private static string MovesTo(TcpListener origin) =>
        $"""UPDATE "Jobs" SET "Url" = replace("Url", ':8090/', ':{((IPEndPoint)origin.LocalEndpoint).Port}/')""";

    private static TcpListener SilentOrigin()
    {
        var origin = new TcpListener(IPAddress.Loopback, 0);
        origin.Start();
        return origin;
    }

    public static TheoryData<string> Versions =>
        new(Directory.EnumerateDirectories(Releases).Select(path => Path.GetFileName(path)!));

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_SQLite_database_of_an_earlier_release_is_upgraded_with_all_that_is_in_it(string version)
    {
        using var origin = SilentOrigin();
        await using var server = await DecantServer.PrepareAsync<Sqlite>();
        var file = Path.Combine(server.DataDirectory, DataDirectory.DatabaseName);
        File.Copy(Path.Combine(Releases, version, "sqlite.db"), file, overwrite: true);
        await using (var copy = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await copy.OpenAsync();
            await using var write = copy.CreateCommand();
            write.CommandText = MovesTo(origin);
            await write.ExecuteNonQueryAsync();
        }

        await AssertAllIsThereAsync(server);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_PostgreSQL_database_of_an_earlier_release_is_upgraded_with_all_that_is_in_it(string version)
    {
        using var origin = SilentOrigin();
        await using var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        var dump = await File.ReadAllTextAsync(Path.Combine(Releases, version, "postgres.sql"));
        await postgres.ExecuteAsync("decant_1", dump);
        await postgres.ExecuteAsync("decant_1", MovesTo(origin));
        await using var server = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={connection}");

        await AssertAllIsThereAsync(server);
    }

    [Fact]
    public async Task A_dry_run_prints_what_the_upgrade_then_does()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>();
        var file = Path.Combine(server.DataDirectory, DataDirectory.DatabaseName);
        File.Delete(file);
        await using (var empty = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await empty.OpenAsync();
            await using var write = empty.CreateCommand();
            write.CommandText = "PRAGMA user_version = 1";
            await write.ExecuteNonQueryAsync();
        }

        var before = await File.ReadAllBytesAsync(file);
        var shown = await ServerProcess.RunAsync(["migrate", "--dry-run", "--data", server.DataDirectory]);
        Assert.Equal((0, true), (shown.Code, before.AsEnumerable().SequenceEqual(await File.ReadAllBytesAsync(file))));
        Assert.Contains("_Initial", shown.Output, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE \"Jobs\"", shown.Output, StringComparison.Ordinal);

        var done = await ServerProcess.RunAsync(["migrate", "--data", server.DataDirectory]);
        Assert.True(done.Code == 0, done.Errors);
        Assert.Contains("_Initial", done.Output, StringComparison.Ordinal);
        var again = await ServerProcess.RunAsync(["migrate", "--dry-run", "--data", server.DataDirectory]);
        Assert.Contains("nothing to do", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_words()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_FromTheFuture', '99.0.0')"""
            );
        }

        var failure = await Assert.ThrowsAsync<NewerDatabaseException>(server.RestartAsync);

        Assert.Contains("29991231000000_FromTheFuture", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_that_were_released_are_never_changed()
    {
        var migrations = Path.Combine(Repository.Root, "src", "Server", "Data", "Migrations");
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Releases, "migrations.sha256")))
        {
            var (sum, file) = (line[..64], line[66..]);
            var now = SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(migrations, file)));
            Assert.True(
                sum == Convert.ToHexStringLower(now),
                $"{file} was released, and databases were made with it: add a migration (see Data/DesignTime.cs) and leave this one as it was."
            );
        }
    }

    [Fact]
    public void The_model_is_what_the_migrations_make()
    {
        using var sqlite = new SqliteDbFactory().CreateDbContext([]);
        using var postgres = new PostgresDbFactory().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }

    private static async Task AssertAllIsThereAsync(DecantServer server)
    {
        await server.StartAsync();

        var jobs = (await (await server.Http.GetAsync($"{JobFlow.Jobs}")).ReadOkAsync())["items"]!;
        Assert.Equal(5, jobs.AsArray().Count);
        var first = await server.JobAsync(1);
        Assert.Equal(
            ("COMPLETED", "mp3", "128kbps"),
            (first.Text("status"), first.Text("format"), first.Text("quality"))
        );
        Assert.Equal("CANCELLED", (await server.JobAsync(5)).Text("status"));
        foreach (var unfinished in new[] { 3, 4 })
        {
            // Its origin is gone; what was held for it comes back.
            await (await server.Http.PostAsync($"{JobFlow.Jobs}/{unfinished}/cancel", null)).ReadOkAsync();
            Assert.Equal("CANCELLED", (await server.EndOfAsync(unfinished)).Text("status"));
        }

        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        Assert.Equal(2, await db.Accounts.CountAsync());
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(3));
        Assert.Equal(1, await db.WebhookEndpoints.CountAsync());
        Assert.Equal(2, await db.ApiKeys.CountAsync());
        await server.AssertBooksBalanceAsync();
        await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?upgraded") })
        );
        await server.AssertBooksBalanceAsync();
    }
}
