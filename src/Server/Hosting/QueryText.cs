using System.Globalization;
using System.Text.Json;
using Decant.Server.Errors;

namespace Decant.Server.Hosting;

/// <summary>Reads parameters of a query, which come as text so that what means nothing is refused by its own name. What is empty was not said.</summary>
internal static class QueryText
{
    private const int MostItems = 200;
    private const int UsualItems = 50;

    /// <inheritdoc cref="ReadNumber(string, string?, int, int, int)"/>
    public static (int Limit, int Skip) ReadPage(string? limit, string? skip) =>
        (ReadNumber("limit", limit, UsualItems, 1, MostItems), ReadNumber("skip", skip, 0, 0, int.MaxValue));

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static int ReadNumber(string field, string? value, int usual, int least, int most) =>
        (int)(ReadNumber(field, value, least, most) ?? usual);

    /// <inheritdoc cref="ReadNumber(string, string?, int, int, int)"/>
    public static long? ReadNumber(string field, string? value, long least, long most) =>
        string.IsNullOrEmpty(value) ? null
        : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a number from {least} to {most}.");

    /// <param name="field">The parameter's name.</param>
    /// <param name="value">Value of the parameter; case does not matter.</param>
    /// <param name="known">The values that mean something.</param>
    /// <inheritdoc cref="ReadNumber(string, string?, int, int, int)"/>
    public static string? ReadName(string field, string? value, IReadOnlyList<string> known) =>
        string.IsNullOrEmpty(value)
            ? null
            : known.FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw ApiException.Invalid(
                    field,
                    $"The {field} '{value}' is not known. Known are {string.Join(", ", known)}."
                );

    /// <summary>A date is its first moment, and what names no zone is UTC.</summary>
    /// <inheritdoc cref="ReadNumber(string, string?, int, int, int)"/>
    public static DateTimeOffset? ReadTime(string field, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : DateTimeOffset.TryParse(
            // A query's + is a space, and nobody escapes the one of +02:00.
            value.Replace(' ', '+'),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
        : throw ApiException.Invalid(
            field,
            $"The {field} '{value}' is not a time: write it as 2026-01-31 or 2026-01-31T10:30:00Z."
        );

    /// <inheritdoc cref="ReadName"/>
    public static T? ReadEnum<T>(string field, string? value)
        where T : struct, Enum =>
        ReadName(field, value, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]) is { } name
            ? Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
            : null;

    /// <inheritdoc cref="ReadNumber(string, string?, int, int, int)"/>
    public static Guid? ReadGuid(string field, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : Guid.TryParse(value, out var id) ? id
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a UUID.");
}
