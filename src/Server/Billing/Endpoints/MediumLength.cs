using System.Globalization;
using Decant.Server.Errors;

namespace Decant.Server.Billing.Endpoints;

/// <summary>Length of a medium, in whichever of the fields a request gives it.</summary>
internal static class MediumLength
{
    private const double LongestSeconds = 365 * 24 * 3600;

    /// <param name="url">A URL may stand in the place of a length; null where the endpoint takes none.</param>
    /// <param name="lengths">The fields, each with its value and the seconds of its unit.</param>
    /// <returns>Null where the URL was given.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c> where not exactly one is given, or none that can be.</exception>
    public static TimeSpan? Read(
        string? url,
        string firstField,
        params ReadOnlySpan<(string Field, double? Value, int Seconds)> lengths
    )
    {
        TimeSpan? read = null;
        var given = url is null ? 0 : 1;
        foreach (var (field, value, seconds) in lengths)
        {
            if (value is { } number)
            {
                given++;
                read = Read(field, number, seconds);
            }
        }

        return given == 1
            ? read
            : throw ApiException.Invalid(
                firstField,
                $"Give one of {string.Join(", ", lengths.ToArray().Select(length => length.Field))}{(firstField == "url" ? " and url" : "")}."
            );
    }

    private static TimeSpan Read(string field, double value, int seconds) =>
        value >= 0 && value * seconds <= LongestSeconds
            ? TimeSpan.FromSeconds(value * seconds)
            : throw ApiException.Invalid(
                field,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {field} {value} is not a length from 0 to {LongestSeconds / seconds}."
                )
            );
}
