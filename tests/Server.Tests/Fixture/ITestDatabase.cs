namespace Decant.Server.Tests.Fixture;

/// <summary>Where a server under test keeps its data. The same tests run on each kind.</summary>
public interface ITestDatabase
{
    /// <returns>The value of <c>ConnectionStrings__Decant</c> for a database of one's own; empty for SQLite.</returns>
    static abstract Task<string> CreateAsync();
}

/// <summary>A file in the server's own data directory.</summary>
public sealed class Sqlite : ITestDatabase
{
    public static Task<string> CreateAsync() => Task.FromResult("");
}

/// <summary>A fresh database in the run's own PostgreSQL, with the schema.</summary>
public sealed class Postgres : ITestDatabase
{
    public static Task<string> CreateAsync() => PostgresCluster.CreateDatabaseAsync();
}
