using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>Tells a database without room from one with a fault.</summary>
internal static class FullDisk
{
    /// <summary>For a person.</summary>
    public const string Message = "This server could not write anything down; its disk may be full. Try again later.";

    /// <summary>SQLITE_FULL, and PostgreSQL's disk_full.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is DbException or DbUpdateException
        && (exception as DbException ?? exception.InnerException as DbException)
            is SqliteException { SqliteErrorCode: 13 }
                or { SqlState: "53100" };
}
