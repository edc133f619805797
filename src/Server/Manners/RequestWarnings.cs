using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Decant.Server.Manners;

/// <summary>
/// Names the fields of a request that nobody knows: in <c>warnings</c> of the answer, which is otherwise as it would be without them.
/// A change that names nothing known is refused, since it would change nothing.
/// </summary>
internal static class RequestWarnings
{
    public const string Field = "warnings";

    public static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        if (KeptBody.TypeOf(context) is not { } type)
        {
            return await next(invocation);
        }

        using var body = await KeptBody.ReadAsync(context);
        if (body is null)
        {
            return await next(invocation);
        }

        var findings = context.RequestServices.GetRequiredService<RequestFields>().Find(body.RootElement, type);
        if (!findings.NamesAnyKnown && IsChange(context.Request.Method))
        {
            throw NamesNothing(findings);
        }

        var result = await next(invocation);
        return findings.Unknown.Count == 0 ? result : Warn(context, result, findings.Unknown);
    }

    private static bool IsChange(string method) => HttpMethods.IsPatch(method) || HttpMethods.IsPut(method);

    private static ApiException NamesNothing(FieldFindings findings)
    {
        var known = $"Known are {string.Join(", ", findings.Known)}.";
        return findings.Unknown.Count == 0
            ? ApiException.Invalid("body", $"The body names nothing to change. {known}")
            : ApiException.Invalid(
                findings
                    .Unknown.DistinctBy(field => field.Shown)
                    .ToDictionary(
                        field => field.Shown,
                        field =>
                            (string[])
                                [
                                    $"The field '{field.Shown}' is not known.{(field.Nearest is null ? " " + known : field.Meant)}",
                                ]
                    )
            );
    }

    private static object? Warn(HttpContext context, object? result, IReadOnlyList<UnknownField> unknown)
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        if (ObjectOf(result, json) is not { } answer)
        {
            return result;
        }

        answer[Field] = JsonSerializer.SerializeToNode(
            unknown.Select(field => new RequestWarning(
                field.Shown,
                $"The field '{field.Shown}' is not known and was ignored.{field.Meant}"
            )),
            json
        );
        return TypedResults.Json(answer);
    }

    /// <summary>The answer's JSON: of its value, or of the text that a named request was answered with the first time.</summary>
    private static JsonObject? ObjectOf(object? result, JsonSerializerOptions json) =>
        result is ContentHttpResult { StatusCode: StatusCodes.Status200OK, ResponseContent: { } text }
            ? JsonNode.Parse(text) as JsonObject
        : Answers.ValueOf(result) is { } value
            ? JsonSerializer.SerializeToNode(value, value.GetType(), json) as JsonObject
        : null;
}

/// <summary>A field of the request that nobody knows, and that was ignored.</summary>
/// <param name="Field">The field, as it was sent.</param>
/// <param name="Message">Text for a person, with the nearest known name where there is one.</param>
internal sealed record RequestWarning(string Field, string Message);
