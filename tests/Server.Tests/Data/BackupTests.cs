using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Data;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("decant-backup-").FullName;

    private string Backup => Path.Combine(_folder, "decant.db");

    [Fact]
    public async Task What_a_running_server_knew_is_back_after_a_restore()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        var job = await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?backup"), format = "m4a" })
        );
        var money = await MoneyAsync(server);
        await AssertDoneAsync("backup", Backup, "--data", server.DataDirectory);
        await using var other = await DecantServer.PrepareAsync<Sqlite>();
        await AssertDoneAsync("restore", Backup, "--data", other.DataDirectory);
        // The files are the storage's.
        foreach (var file in server.FilesIn("files"))
        {
            var copy = file.Replace(server.DataDirectory, other.DataDirectory, StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(
            Path.Combine(server.DataDirectory, "files", ".decant-storage"),
            Path.Combine(other.DataDirectory, "files", ".decant-storage")
        );
        await other.StartAsync();

        Assert.Equal(money, await MoneyAsync(other));
        var link = new Uri(job.Text("download_url")).PathAndQuery;
        Assert.Equal(await server.Public.GetByteArrayAsync(link), await other.Public.GetByteArrayAsync(link));
        await other.CompletionOfAsync(
            await other.StartAsync(new { url = other.Origin("media/small.mp4?after-restore"), format = "m4a" })
        );
        await other.AssertBooksBalanceAsync();
    }

    [Fact]
    public async Task Nothing_is_overwritten_or_restored_into_a_server_that_runs()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        await AssertDoneAsync("backup", Backup, "--data", server.DataDirectory);

        var again = await ServerProcess.RunAsync(["backup", Backup, "--data", server.DataDirectory]);
        var running = await ServerProcess.RunAsync(["restore", Backup, "--data", server.DataDirectory]);

        Assert.Equal(1, again.Code);
        Assert.Contains("exists", again.Errors, StringComparison.Ordinal);
        Assert.Equal(1, running.Code);
        Assert.Contains("in use by another Decant", running.Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        }
    }

    [Fact]
    public async Task What_is_no_backup_is_not_restored()
    {
        await File.WriteAllTextAsync(Backup, "a shopping list");
        var target = Path.Combine(_folder, "data");

        var (code, _, errors) = await ServerProcess.RunAsync(["restore", Backup, "--data", target]);

        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(target, "*.db"));
    }

    [Fact]
    public async Task On_PostgreSQL_it_says_what_to_run_without_the_password()
    {
        var (code, _, errors) = await ServerProcess.RunAsync(
            ["backup", Backup],
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Decant"] = "Host=db;Database=decant;Username=me;Password=hidden",
            }
        );

        Assert.Equal(2, code);
        Assert.Contains("pg_dump", errors, StringComparison.Ordinal);
        Assert.Contains("--host=db", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task AssertDoneAsync(params string[] arguments)
    {
        var (code, _, errors) = await ServerProcess.RunAsync(arguments);
        Assert.True(code == 0, errors);
    }

    private static async Task<string> MoneyAsync(DecantServer server) =>
        (await (await server.Http.GetAsync("/api/v1/api-wallet/balance")).ReadOkAsync()).ToJsonString();
}
