using System.Text.Json;

namespace Decant.Engine.Sources;

/// <summary>Reads fields of a record whose every value is hearsay: a wrong type counts as absent.</summary>
internal static class JsonFields
{
    /// <summary>Text without control characters (line breaks stay), or null where there is none.</summary>
    public static string? Text(this JsonElement record, string name) =>
        Field(record, name) is { } field ? TextOf(field) : null;

    /// <summary>The texts of a list; empty where there is none.</summary>
    public static IEnumerable<string> Texts(this JsonElement record, string name) =>
        Items(record, name).Select(TextOf).OfType<string>();

    private static string? TextOf(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = StringOf(field).WithoutControls(kept: "\n").Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>Text of a field. Half a surrogate pair, written as an escape, is valid JSON and no text.</summary>
    private static string StringOf(JsonElement field)
    {
        try
        {
            return field.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    public static double? Number(this JsonElement record, string name) =>
        Field(record, name) is { ValueKind: JsonValueKind.Number } field
        && field.TryGetDouble(out var value)
        && double.IsFinite(value)
            ? value
            : null;

    /// <summary>A whole number that is not negative.</summary>
    public static long? Count(this JsonElement record, string name) =>
        Number(record, name) is >= 0 and < long.MaxValue and var value ? (long)Math.Round(value) : null;

    /// <summary>A size in pixels, hertz or channels: positive and believable.</summary>
    public static int? Size(this JsonElement record, string name) =>
        Number(record, name) is > 0 and < 1_000_000 and var value ? (int)Math.Round(value) : null;

    public static int? Whole(this JsonElement record, string name) =>
        Field(record, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var value)
            ? value
            : null;

    /// <summary>A length of time given in seconds; nothing that exists lasts ten years.</summary>
    public static TimeSpan? Seconds(this JsonElement record, string name) =>
        Number(record, name) is > 0 and < 315_360_000 and var value ? TimeSpan.FromSeconds(value) : null;

    /// <summary>A rate given in kilobits a second, in bits a second.</summary>
    public static long? Kilobits(this JsonElement record, string name) =>
        Number(record, name) is > 0 and < 1e9 and var value ? (long)Math.Round(value * 1000) : null;

    public static bool Flag(this JsonElement record, string name) =>
        Field(record, name) is { ValueKind: JsonValueKind.True };

    /// <summary>An absolute http or https URL.</summary>
    public static Uri? WebUrl(this JsonElement record, string name) =>
        Uri.TryCreate(Text(record, name), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement record, string name) =>
        Field(record, name) is { ValueKind: JsonValueKind.Array } field ? field.EnumerateArray() : [];

    public static JsonElement? Field(this JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var field) ? field : null;
}
