using Decant.Server.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Fixture;

/// <summary>An SQLite database with the schema and no row: each server would migrate a file of its own otherwise, for half a second of a core.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> Bytes = new(MigrateAsync);

    public static async Task CopyToAsync(string dataDirectory) =>
        await File.WriteAllBytesAsync(Path.Combine(dataDirectory, DataDirectory.DatabaseName), await Bytes.Value);

    private static async Task<byte[]> MigrateAsync()
    {
        var directory = Directory.CreateTempSubdirectory("decant-test-");
        try
        {
            var path = Path.Combine(directory.FullName, DataDirectory.DatabaseName);
            // The last connection's end moves everything from the log into the file.
            var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
            var options = new DbContextOptionsBuilder<SqliteDb>().UseSqlite(source.ConnectionString).Options;
            await using (var db = new SqliteDb(options))
            {
                await db.MigrateAsync(CancellationToken.None);
            }

            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
