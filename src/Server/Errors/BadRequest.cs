using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Server.Errors;

/// <summary>Says in the contract's words what the framework found wrong with a request before any handler saw it.</summary>
internal static class BadRequest
{
    private const string Body = "body";

    public static readonly ApiException NotJson = ApiException.Invalid(
        Body,
        "Send a JSON object, with the header Content-Type: application/json."
    );

    public static readonly ApiException UnstorableText = ApiException.Invalid(
        Body,
        "A text in the request has the character U+0000 in it, which cannot be kept. Send it without."
    );

    public static async Task<ApiException> ExplainAsync(BadHttpRequestException bad, HttpContext context) =>
        bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => TooLarge(context),
            StatusCodes.Status415UnsupportedMediaType => NotJson,
            _ => bad.InnerException is JsonException json
                ? await FindSyntaxErrorAsync(context) ?? Explain(json)
                : Explain(bad.Message),
        };

    /// <summary>The reader says of both that a field is at fault: of a value that is no JSON, and of one that is another kind of JSON than wanted.</summary>
    private static async Task<ApiException?> FindSyntaxErrorAsync(HttpContext context)
    {
        try
        {
            using var body = await KeptBody.ReadAsync(context);
            return null;
        }
        catch (JsonException json)
        {
            return ApiException.Invalid(
                Body,
                $"The body is not JSON: it breaks off or goes wrong at line {json.LineNumber + 1}, byte {json.BytePositionInLine}."
            );
        }
    }

    public static ApiException TooLarge(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        return new ApiException(ApiError.TooLarge, $"A request may have {limit} bytes; split it.")
        {
            Figures = new Dictionary<string, object?> { ["max_bytes"] = limit },
        };
    }

    /// <summary>The path <c>$.downloads[1].url</c> is the field <c>downloads[1].url</c>.</summary>
    private static ApiException Explain(JsonException json) =>
        json.Path is ['$', '.', .. { Length: > 0 } field]
            ? ApiException.Invalid(field, $"The field {field} has a value of the wrong type.")
            : ApiException.Invalid(
                Body,
                $"The body is not the JSON object that is wanted here (line {json.LineNumber + 1}, byte {json.BytePositionInLine})."
            );

    /// <summary>The framework says <c>Failed to bind parameter "long id" from "abc".</c>, in these words since .NET 6.</summary>
    private static ApiException Explain(string message) =>
        message.Split('"') is ["Failed to bind parameter ", var parameter, _, var value, ..]
            ? ApiException.Invalid(parameter.Split(' ')[^1], $"'{value}' is no value for {parameter.Split(' ')[^1]}.")
            : NotJson;
}
