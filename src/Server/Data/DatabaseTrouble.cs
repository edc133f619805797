using Microsoft.Data.Sqlite;
using Npgsql;

namespace Decant.Server.Data;

/// <summary>
/// Tells a database that is away, busy, full or read-only from a statement with a fault, on both databases and however deep EF
/// or Quartz have wrapped the failure.
/// </summary>
/// <param name="Message">A sentence for anybody.</param>
/// <param name="RetryAfter">Time after which it is worth trying again.</param>
internal sealed record DatabaseTrouble(string Message, TimeSpan RetryAfter)
{
    private static readonly DatabaseTrouble Away = new(
        "The database of this server does not answer at present. Try again in a few seconds.",
        TimeSpan.FromSeconds(5)
    );
    private static readonly DatabaseTrouble Busy = new(
        "The database of this server is too busy at present. Try again in a few seconds.",
        TimeSpan.FromSeconds(2)
    );
    private static readonly DatabaseTrouble Full = new(
        "This server could not write anything down; its disk may be full. Try again later.",
        TimeSpan.FromSeconds(60)
    );
    private static readonly DatabaseTrouble ReadOnly = new(
        "The database of this server can be read at present, and not written. Try again later.",
        TimeSpan.FromSeconds(30)
    );

    public static bool IsCauseOf(Exception exception) => Of(exception) is not null;

    /// <returns>Null where the failure has another cause.</returns>
    public static DatabaseTrouble? Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var trouble = cause switch
            {
                SqliteException sqlite => Of(sqlite),
                PostgresException postgres => Of(postgres.SqlState),
                // Everything else of Npgsql's own is about the connection: refused, broken off, none left in the pool, timed out.
                NpgsqlException => Away,
                // A connection that ends under a reader may show itself so, too (https://github.com/npgsql/npgsql/issues/6264).
                NullReferenceException or ObjectDisposedException when cause.Source == "Npgsql" => Away,
                AggregateException several => several.InnerExceptions.Select(Of).FirstOrDefault(one => one is not null),
                _ => null,
            };
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return null;
    }

    /// <summary>https://www.sqlite.org/rescode.html</summary>
    private static DatabaseTrouble? Of(SqliteException exception) =>
        exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_PROTOCOL => Busy,
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => ReadOnly,
            SQLitePCL.raw.SQLITE_FULL => Full,
            SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN => Away,
            _ => null,
        };

    /// <summary>https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
    private static DatabaseTrouble? Of(string state) =>
        state switch
        {
            PostgresErrorCodes.DiskFull => Full,
            PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly,
            PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected => Busy,
            _ => state[..2] switch
            {
                // Insufficient resources: too many connections, out of memory.
                "53" => Busy,
                // Connection exceptions; operator intervention, such as a restart; system errors, such as of its disk.
                "08" or "57" or "58" => Away,
                _ => null,
            },
        };
}
