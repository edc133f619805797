namespace Decant.Server.Tests.Fixture;

/// <summary>
/// One server for all tests of a class. Write the tests once, and name the databases below them:
/// <code>
/// public abstract class StatsTests(DecantServer server) { … }
/// public sealed class StatsOnSqlite(ServerOn&lt;Sqlite&gt; on) : StatsTests(on.Server), IClassFixture&lt;ServerOn&lt;Sqlite&gt;&gt;;
/// public sealed class StatsOnPostgres(ServerOn&lt;Postgres&gt; on) : StatsTests(on.Server), IClassFixture&lt;ServerOn&lt;Postgres&gt;&gt;;
/// </code>
/// Classes that belong together share one by a collection, as those of <see cref="Downloads.ListServers{TDatabase}"/> do.
/// </summary>
public sealed class ServerOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await DecantServer.StartAsync<TDatabase>();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
