using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Health;

public abstract class HealthTests(DecantServer server)
{
    [Fact]
    public async Task It_is_alive()
    {
        Assert.Equal("ok", (string?)(await (await server.Public.GetAsync("/healthz")).ReadOkAsync())["status"]);
    }

    [Fact]
    public async Task It_is_ready_and_names_what_it_stands_on()
    {
        var readiness = await (await server.Public.GetAsync("/readyz")).ReadOkAsync();

        Assert.Equal("ready", (string?)readiness["status"]);
        Assert.Empty(readiness["missing"]!.AsArray());
        Assert.Superset(
            new HashSet<string?> { "ffmpeg", "extractor", "sandbox", "disk", "database" },
            readiness["parts"]!.AsArray().Select(part => (string?)part!["name"]).ToHashSet()
        );
        Assert.DoesNotContain(server.DataDirectory, readiness.ToJsonString());
    }
}

public sealed class HealthOnSqlite(ServerOn<Sqlite> on) : HealthTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class HealthOnPostgres(ServerOn<Postgres> on) : HealthTests(on.Server), IClassFixture<ServerOn<Postgres>>;
