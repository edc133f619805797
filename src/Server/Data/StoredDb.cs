using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>The database of a server, opened from outside it, whether the server runs or not.</summary>
internal static class StoredDb
{
    /// <param name="dataDirectory">The server's.</param>
    /// <param name="connection">PostgreSQL's, where the server uses one.</param>
    /// <param name="mode">Read-only, unless something is to be left for the server; SQLite then waits for its writer.</param>
    /// <returns>Null where no server has made one yet.</returns>
    public static DecantDb? Open(
        string dataDirectory,
        string? connection,
        SqliteOpenMode mode = SqliteOpenMode.ReadOnly
    )
    {
        if (!string.IsNullOrWhiteSpace(connection))
        {
            return new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection).Options);
        }

        var file = Path.Combine(dataDirectory, DataDirectory.DatabaseName);
        var source = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode };
        return File.Exists(file)
            ? new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(source.ToString()).Options)
            : null;
    }
}
