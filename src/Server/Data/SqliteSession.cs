using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Decant.Server.Data;

/// <summary>Settings of every SQLite connection, made when it opens.</summary>
internal sealed class SqliteSession : DbConnectionInterceptor
{
    /// <remarks>
    /// NORMAL costs no fsync a commit and never corrupts; a power cut may undo the last commits. That suits what may be
    /// written again, such as progress. Money and new jobs are committed in FULL: see <see cref="SqliteDb"/>.
    /// busy_timeout waits in SQLite's own steps from 1 ms; the driver's loop would sleep 150 ms at a time.
    /// </remarks>
    private const string Settings =
        "PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

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
