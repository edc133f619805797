using System.Globalization;
using System.Text.Json;

namespace Decant.Server.Errors;

/// <summary>Reads query parameters that came as text, so that what means nothing is refused by the field's name. Empty is as good as left out.</summary>
internal static class QueryValue
{
    private const int MostItems = 200;
    private const int UsualItems = 50;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static (int Limit, int Skip) ReadPage(string? limit, string? skip) =>
        (
            (int)(ReadNumber("limit", limit, 1, MostItems) ?? UsualItems),
            (int)(ReadNumber("skip", skip, 0, int.MaxValue) ?? 0)
        );

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static long? ReadNumber(string field, string? value, long least, long most) =>
        string.IsNullOrEmpty(value) ? null
        : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a number from {least} to {most}.");

    /// <returns>The known value, in its own spelling.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c>, with the known values.</exception>
    public static string? ReadName(string field, string? value, IReadOnlyList<string> known) =>
        string.IsNullOrEmpty(value)
            ? null
            : known.FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw ApiException.Invalid(
                    field,
                    $"The {field} '{value}' is not known. Known are {string.Join(", ", known)}."
                );

    /// <inheritdoc cref="ReadName"/>
    public static T? ReadEnum<T>(string field, string? value)
        where T : struct, Enum =>
        ReadName(field, value, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]) is { } name
            ? Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
            : null;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
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
            $"The {field} '{value}' is not a time. Write one such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31."
        );

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static Guid? ReadGuid(string field, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : Guid.TryParse(value, out var id) ? id
        : throw ApiException.Invalid(field, $"The {field} '{value}' is not a UUID.");
}
