using System.Data.Common;
using Npgsql;

namespace Decant.Server.Data;

/// <summary>The operator's connection string to PostgreSQL, with what makes the statements of a job cheap.</summary>
internal static class PostgresConnection
{
    /// <summary>Prepared statements kept a connection: more than there are different ones, since one that is not kept is planned at every call.</summary>
    private const int Statements = 300;

    /// <summary>
    /// Statements that come again and again are planned once for each connection of the pool, and a connection goes back into the pool
    /// as it is: nothing here leaves anything behind in one. What the string itself says of either stands, as with a pooler between
    /// that knows no prepared statements (<c>Max Auto Prepare=0</c>).
    /// </summary>
    /// <returns>Null where there is none, and the database is SQLite.</returns>
    public static string? Of(IConfiguration configuration)
    {
        var said = configuration.GetConnectionString("Decant");
        if (string.IsNullOrWhiteSpace(said))
        {
            return null;
        }

        var settings = new NpgsqlConnectionStringBuilder(said);
        if (!Says(said, nameof(settings.MaxAutoPrepare)))
        {
            settings.MaxAutoPrepare = Statements;
        }

        if (!Says(said, nameof(settings.NoResetOnClose)))
        {
            settings.NoResetOnClose = true;
        }

        return settings.ConnectionString;
    }

    private static bool Says(string connection, string name) =>
        new DbConnectionStringBuilder { ConnectionString = connection }
            .Keys.Cast<string>()
            .Any(key =>
                key.Replace(" ", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase)
            );
}
