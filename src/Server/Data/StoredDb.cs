using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>The database of a server that need not run, to be looked at and never changed.</summary>
internal static class StoredDb
{
    /// <param name="dataDirectory">The server's.</param>
    /// <param name="connection">PostgreSQL's, where the server uses one.</param>
    /// <returns>Null where no server has made one yet.</returns>
    public static DecantDb? Open(string dataDirectory, string? connection)
    {
        if (!string.IsNullOrWhiteSpace(connection))
        {
            return new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection).Options);
        }

        var file = Path.Combine(dataDirectory, DataDirectory.DatabaseName);
        var source = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly };
        return File.Exists(file)
            ? new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(source.ToString()).Options)
            : null;
    }
}
