using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms;

/// <summary>What platforms' pages and APIs answer with. JSON leaves out what is null.</summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions WithoutNulls = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static ContentHttpResult Json(object value, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(Serialize(value), "application/json", statusCode: status);

    public static ContentHttpResult Html(string page, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(page, "text/html; charset=utf-8", statusCode: status);

    /// <summary>Fit for a script element: <c>&lt;</c> is escaped.</summary>
    public static string Serialize(object value) => JsonSerializer.Serialize(value, WithoutNulls);
}
