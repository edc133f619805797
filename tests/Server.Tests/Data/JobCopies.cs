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
        var isPostgres = db is PostgresDb;
        var numbers = isPostgres
            ? $"generate_series(1, {copies}) AS n(i)"
            : $"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies}) SELECT i FROM n) AS n";
        var uuid = isPostgres ? "gen_random_uuid()" : "hex(randomblob(16))";
        var columns = db
            .Model.FindEntityType(typeof(Job))!
            .GetProperties()
            .Select(property => property.Name)
            .Except(["Id", "TaskId", "FilesRemovedAt"])
            .Select(name => $"\"{name}\"")
            .ToList();
        var list = string.Join(", ", columns);
#pragma warning disable EF1002 // Names of columns and numbers, all from this file and the model.
        return db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "Jobs" ("TaskId", "FilesRemovedAt", {list})
            SELECT {uuid}, "CompletedAt", {list.Replace("\"ExpiresAt\"", "\"CreatedAt\"", StringComparison.Ordinal)}
            FROM "Jobs", {numbers} WHERE "Id" = {id}
            """
        );
#pragma warning restore EF1002
    }
}
