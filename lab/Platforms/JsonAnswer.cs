using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms;

/// <summary>An answer of a platform's API.</summary>
internal static class JsonAnswer
{
    public static ContentHttpResult Of(object value, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(JsonSerializer.Serialize(value), "application/json", statusCode: status);
}
