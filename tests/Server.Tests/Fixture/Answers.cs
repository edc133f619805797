using System.Net;
using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Fixture;

/// <summary>Reads answers in the wire's words.</summary>
internal static class Answers
{
    /// <summary>The body of an answer that must be a 200.</summary>
    public static async Task<JsonNode> ReadOkAsync(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode}: {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>The body of a refusal, which must be a whole problem with this status and code.</summary>
    public static async Task<JsonNode> ReadProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(body)!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.All(
            ["type", "title", "detail", "trace_id"],
            member => Assert.False(string.IsNullOrEmpty((string?)problem[member]), $"{member} is missing: {body}")
        );
        Assert.NotNull((bool?)problem["retryable"]);
        return problem;
    }
}
