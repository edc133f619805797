using Microsoft.Data.Sqlite;

namespace Decant.Browser.Tests.Fixture;

/// <summary>Many rows for the page to show, made in the database: the server would take its time for each.</summary>
internal static class Copies
{
    /// <summary>Copies a table's newest row.</summary>
    /// <param name="site">Whose database.</param>
    /// <param name="table">The table, whose key is <c>Id</c>.</param>
    /// <param name="count">Number of copies.</param>
    /// <param name="differing">Columns that differ, each with its value in SQL: <c>i</c> is the copy's number, from 1.</param>
    public static async Task MakeAsync(
        Site site,
        string table,
        int count,
        IReadOnlyDictionary<string, string> differing
    )
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(site.DataDirectory, "decant.db")}"
        );
        await connection.OpenAsync();
        var columns = await ColumnsAsync(connection, table);
        await using var copy = connection.CreateCommand();
        copy.CommandText =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count) "
            + $"INSERT INTO {table} ({string.Join(", ", columns.Select(Quoted))}) "
            + $"SELECT {string.Join(", ", columns.Select(column => differing.GetValueOrDefault(column) ?? Quoted(column)))} "
            + $"FROM n, (SELECT * FROM {table} ORDER BY Id DESC LIMIT 1)";
        copy.Parameters.AddWithValue("$count", count);
        await copy.ExecuteNonQueryAsync();
    }

    private static string Quoted(string column) => $"\"{column}\"";

    private static async Task<List<string>> ColumnsAsync(SqliteConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info($table) WHERE name <> 'Id'";
        command.Parameters.AddWithValue("$table", table);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> columns = [];
        while (await reader.ReadAsync())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }
}
