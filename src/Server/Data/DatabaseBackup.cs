using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>Copies of an SQLite server's database, which holds all but the finished files: accounts, money, jobs, and the keys that its links, tokens and secrets need.</summary>
internal static class DatabaseBackup
{
    /// <summary>Copies the database of a server, whether it runs or not, as it is at one moment.</summary>
    /// <param name="dataDirectory">The server's.</param>
    /// <param name="target">A file that is not there yet; for its owner's eyes alone.</param>
    /// <param name="cancellationToken">Token that ends it, leaving nothing.</param>
    /// <exception cref="IOException">The file is there already or cannot be written, or no server has run here.</exception>
    public static async Task MakeAsync(string dataDirectory, string target, CancellationToken cancellationToken)
    {
        var source = Path.Combine(dataDirectory, DataDirectory.DatabaseName);
        if (!File.Exists(source))
        {
            throw new IOException(
                $"no server has run in {Path.GetFullPath(dataDirectory)}; name its directory with --data"
            );
        }

        MakeOwnersFile(target);
        try
        {
            await CopyAsync(source, target, cancellationToken);
        }
        catch
        {
            // Whatever it was: half a backup would be taken for one.
            File.Delete(target);
            throw;
        }
    }

    /// <summary>Puts a backup in the place of a stopped server's database. What its queue held is made anew from it.</summary>
    /// <exception cref="IOException">A server runs there, or the file is no backup.</exception>
    /// <exception cref="NewerDatabaseException">It is of a newer version.</exception>
    public static async Task RestoreAsync(string backup, string dataDirectory, CancellationToken cancellationToken)
    {
        if (!File.Exists(backup))
        {
            throw new IOException($"there is no file {backup}");
        }

        using var directory = new DataDirectory(dataDirectory);
        var coming = $"{directory.Database}.restored";
        File.Delete(coming);
        MakeOwnersFile(coming);
        try
        {
            await CopyAsync(backup, coming, cancellationToken);
            await EnsureWholeAsync(coming, cancellationToken);
        }
        catch
        {
            // Whatever it was: half a database must not lie beside the one in use.
            File.Delete(coming);
            throw;
        }

        // What belongs to the database of before would be read into the new one.
        string[] old = [directory.Database, Path.Combine(directory.Root, "queue.db")];
        foreach (var file in old.SelectMany(file => (string[])[$"{file}-wal", $"{file}-shm"]).Append(old[1]))
        {
            File.Delete(file);
        }

        File.Move(coming, directory.Database, overwrite: true);
    }

    private static void MakeOwnersFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }

    /// <summary>SQLite's own way: page by page in one read transaction, while the server writes on.</summary>
    private static async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        await using var from = Connect(source, SqliteOpenMode.ReadOnly);
        await from.OpenAsync(cancellationToken);
        await using var to = Connect(target, SqliteOpenMode.ReadWrite);
        await to.OpenAsync(cancellationToken);
        await Task.Run(() => from.BackupDatabase(to), cancellationToken);
        await using var rollbackJournal = to.CreateCommand();
        // One file, with nothing beside it.
        rollbackJournal.CommandText = "PRAGMA journal_mode = DELETE";
        await rollbackJournal.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task EnsureWholeAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = Connect(file, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync(cancellationToken);
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        if (await check.ExecuteScalarAsync(cancellationToken) is not "ok")
        {
            throw new IOException("the file is damaged, or no backup of a server");
        }

        await using var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(connection).Options);
        var schema = await db.ReadSchemaAsync(cancellationToken);
        if (schema.Applied.Count == 0)
        {
            throw new IOException("the file is no backup of a server");
        }

        schema.RefuseNewer();
        // As a server has it; the file remembers.
        await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode) =>
        new(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
}
