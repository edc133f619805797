using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Decant.Server.Data;

/// <summary>What every SQLite connection is told when it opens.</summary>
internal sealed class SqliteSession : DbConnectionInterceptor
{
    /// <remarks>
    /// FULL, not NORMAL: in WAL mode NORMAL never corrupts, but a power cut may undo commits that were answered with 200,
    /// and a job's number would be given out twice. FULL is one fsync a commit. busy_timeout waits in SQLite's own steps
    /// from 1 ms; the driver's loop would sleep 150 ms at a time.
    /// </remarks>
    private const string Settings = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
