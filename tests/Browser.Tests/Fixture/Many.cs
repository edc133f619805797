using Microsoft.Data.Sqlite;

namespace Decant.Browser.Tests.Fixture;

/// <summary>A library of many downloads, all copies of one.</summary>
public abstract class Many(int count) : Site
{
    public int Count => count;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (!IsWanted)
        {
            return;
        }

        var accepted = await PostAsync("/api/v1/video/download", new { url = Origin("media/small.mp4") });
        await EndOfAsync((long)accepted["job"]!["id"]!);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(DataDirectory, "decant.db")}");
        await connection.OpenAsync();
        var columns = await ColumnsAsync(connection);
        await using var copy = connection.CreateCommand();
        copy.CommandText =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count) "
            + $"INSERT INTO Jobs ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(Copied))} FROM n, (SELECT * FROM Jobs LIMIT 1)";
        copy.Parameters.AddWithValue("$count", count - 1);
        await copy.ExecuteNonQueryAsync();
    }

    private static string Copied(string column) =>
        column switch
        {
            "\"TaskId\"" => "upper(printf('%08x-0000-4000-8000-%012x', i, i))",
            "\"CustomTitle\"" => "printf('Film number %04d', i)",
            _ => column,
        };

    private static async Task<List<string>> ColumnsAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('Jobs') WHERE name <> 'Id'";
        await using var reader = await command.ExecuteReaderAsync();
        List<string> columns = [];
        while (await reader.ReadAsync())
        {
            columns.Add($"\"{reader.GetString(0)}\"");
        }

        return columns;
    }
}
