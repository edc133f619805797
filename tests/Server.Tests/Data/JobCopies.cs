using Decant.Server.Data;
using Decant.Server.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Data;

/// <summary>Many jobs that have ended, without the time to run them.</summary>
internal static class JobCopies
{
    /// <summary>Copies a job that has ended. The copies' files have gone: what there is most of after a year.</summary>
    public static Task<int> MakeAsync(DecantDb db, long id, int copies)
    {
        var list = Columns(db, except: ["FilesRemovedAt"]);
        var values = list.Replace("\"ExpiresAt\"", "\"CreatedAt\"", StringComparison.Ordinal);
#pragma warning disable EF1002 // Names of columns and numbers, all from this file and the model.
        return db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "Jobs" ("TaskId", "FilesRemovedAt", {list})
            SELECT {NewUuid(db)}, "CompletedAt", {values}
            FROM "Jobs", {Numbers(db, 1, copies)} WHERE "Id" = {id}
            """
        );
#pragma warning restore EF1002
    }

    /// <returns>A table <c>n(i)</c> of whole numbers, in the database's own SQL.</returns>
    public static string Numbers(DecantDb db, long first, long last) =>
        db is PostgresDb
            ? $"generate_series({first}, {last}) AS n(i)"
            : $"(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n) AS n";

    /// <summary>A <c>TaskId</c> of each row's own.</summary>
    public static string NewUuid(DecantDb db) => db is PostgresDb ? "gen_random_uuid()" : "hex(randomblob(16))";

    /// <returns>What a copy takes over: all columns but those named, and those that are each job's own.</returns>
    public static string Columns(DecantDb db, IEnumerable<string> except) =>
        string.Join(
            ", ",
            db.Model.FindEntityType(typeof(Job))!
                .GetProperties()
                .Select(property => property.Name)
                .Except(["Id", "TaskId", .. except])
                .Select(name => $"\"{name}\"")
        );
}
