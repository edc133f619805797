using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Fuzz;

/// <summary>What is wrong with an answer, if anything is.</summary>
internal static class Verdict
{
    public static async Task<string?> OfAsync(Operation operation, HttpResponseMessage answer, CancellationToken soon)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        // It goes on for as long as one watches, and its heading is what is judged.
        if (status == 200 && type == "text/event-stream")
        {
            return null;
        }

        var body = await answer.Content.ReadAsStringAsync(soon);
        if (status >= 500)
        {
            return $"{status}: {body}";
        }

        if (!operation.IsAdministration && body.Contains(Targets.Secret, StringComparison.Ordinal))
        {
            return $"shows what is somebody else's: {body}";
        }

        return status >= 400 && operation.Method != HttpMethod.Head ? FaultOf(answer, type, body) : null;
    }

    private static string? FaultOf(HttpResponseMessage answer, string? type, string body)
    {
        // Refused by the HTTP server itself, before there is a request that could be answered.
        var isUnreadable =
            answer.StatusCode
                is HttpStatusCode.BadRequest
                    or HttpStatusCode.RequestUriTooLong
                    or HttpStatusCode.RequestHeaderFieldsTooLarge
            && body.Length == 0
            && answer.Headers.ConnectionClose == true;
        if (isUnreadable)
        {
            return null;
        }

        if (type != "application/problem+json")
        {
            return $"{(int)answer.StatusCode} is no problem+json but {type}: {body}";
        }

        try
        {
            var problem = JsonNode.Parse(body)!;
            return (int?)problem["status"] == (int)answer.StatusCode && !string.IsNullOrEmpty((string?)problem["code"])
                ? null
                : $"is no whole problem: {body}";
        }
        catch (JsonException)
        {
            return $"is no JSON: {body}";
        }
    }
}
