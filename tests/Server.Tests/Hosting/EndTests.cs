using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Hosting;

/// <summary>The program's end, as a supervisor sees it.</summary>
public sealed class EndTests
{
    [Fact]
    public async Task A_server_that_stops_by_itself_ends_with_1()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>();

        var (code, _, errors) = await ServerProcess.RunAsync(
            ["serve", .. server.Arguments],
            new Dictionary<string, string>
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.Stop] = "1",
            }
        );

        Assert.Equal(1, code);
        Assert.Contains("stopped by itself", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1")]
    [InlineData("Host=/nowhere")]
    public async Task A_start_without_its_database_ends_with_1_and_a_sentence(string connection)
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>(
            $"ConnectionStrings:Decant={connection}",
            "Database:Patience=00:00:01"
        );

        var (code, _, errors) = await ServerProcess.RunAsync(["serve", .. server.Arguments]);

        Assert.Equal(1, code);
        Assert.Contains(
            "decant: the server did not start, because its database cannot be used",
            errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_waits_for_a_database_that_starts_later()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        await postgres.StopAsync();
        await using var server = await DecantServer.PrepareAsync<Sqlite>($"ConnectionStrings:Decant={connection}");

        var start = server.StartAsync();
        await postgres.StartAgainAsync();

        await start;
        await (await server.Http.GetAsync("/api/v1/video/formats")).ReadOkAsync();
    }
}
