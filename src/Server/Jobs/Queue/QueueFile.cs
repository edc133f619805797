using Decant.Server.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Decant.Server.Jobs.Queue;

/// <summary>The queue's own SQLite file: two writers of one file would wait for each other.</summary>
/// <remarks>Asks for the directory although only its lock is of interest: nobody else may have the file open.</remarks>
internal sealed class QueueFile(DataDirectory directory) : StartStep
{
    private const string Name = "queue.db";

    public static string Connection(WebApplicationBuilder builder) =>
        Connection(Path.GetFullPath(builder.Configuration["data"] ?? "data"));

    /// <summary>Has readers and the writer not wait for each other. The file remembers it.</summary>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(Connection(directory.Root));
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Connection(string directory) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, Name) }.ToString();
}
