using System.Buffers.Text;
using System.Text.Json;
using Decant.Server.Errors;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>A place in an order of jobs: after the job that had this key and number, whether it is still there or not.</summary>
/// <param name="Sort">The order it belongs to.</param>
/// <param name="Key">Value that the jobs are sorted by, of the job at the cursor.</param>
/// <param name="Id">Number of the job at the cursor.</param>
internal sealed record Cursor<TKey>(string Sort, TKey Key, long Id)
{
    /// <returns>Opaque, and fit for a query.</returns>
    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static Cursor<TKey> Read(string text, string sort)
    {
        try
        {
            if (
                JsonSerializer.Deserialize<Cursor<TKey>>(Base64Url.DecodeFromChars(text)) is { Key: not null } cursor
                && cursor.Sort == sort
                && IsKnownToDatabases(cursor.Key)
            )
            {
                return cursor;
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // Refused below, as one of another order is.
        }

        throw ApiException.Invalid(
            "cursor",
            $"The cursor '{text}' is none of the order {sort}. Send the next_cursor of the page before, with the same sort."
        );
    }

    /// <summary>PostgreSQL takes no NUL in a text, and times in UTC alone. No cursor of ours has either.</summary>
    private static bool IsKnownToDatabases(TKey key) =>
        key switch
        {
            string text => !text.Contains('\0', StringComparison.Ordinal),
            DateTimeOffset time => time.Offset == TimeSpan.Zero,
            _ => true,
        };
}
