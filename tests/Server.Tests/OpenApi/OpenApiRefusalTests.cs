using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

[Collection<OpenApiServer>]
public sealed class OpenApiRefusalTests(ServerOn<Sqlite> on)
{
    private readonly HttpClient _http = on.Server.Public;

    [Fact]
    public async Task Every_endpoint_says_how_it_refuses()
    {
        var document = await _http.DocumentAsync();

        Assert.All(
            document.Operations(),
            operation =>
                Assert.Equal(
                    "#/components/schemas/Problem",
                    (string?)
                        operation.Value["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]![
                            "$ref"
                        ]
                )
        );
        Assert.NotNull(document["components"]!["schemas"]!["Problem"]!["properties"]!["trace_id"]);
    }

    [Fact]
    public async Task What_can_go_wrong_with_somebody_elses_page_is_told_where_it_can()
    {
        var refusals = (await _http.DocumentAsync())["paths"]!["/api/v1/video/download"]!["post"]!["responses"]!;

        Assert.Contains("`geo_blocked`", (string?)refusals["403"]!["description"]);
        Assert.Contains("`insufficient_credits`", (string?)refusals["402"]!["description"]);
        Assert.Contains("`idempotency_conflict`", (string?)refusals["409"]!["description"]);
    }

    /// <summary>The contract's table, and below it what is ours: what HTTP, the key ring and the issuer add.</summary>
    [Fact]
    public async Task Codes_are_the_contracts_each_with_its_status()
    {
        var known = new Dictionary<int, string[]>
        {
            [400] = ["invalid_request", "invalid_url", "unsupported_url", "unknown_format"],
            [401] = ["unauthenticated"],
            [402] = ["insufficient_credits", "insufficient_api_balance"],
            [403] =
            [
                "key_revoked",
                "forbidden",
                "private_content",
                "login_required",
                "age_restricted",
                "geo_blocked",
                "drm_protected",
                "source_blocked",
                "blocked_address",
                "bad_signature",
            ],
            [404] = ["not_found", "content_not_found"],
            [409] = ["idempotency_conflict", "wrong_state", "not_started", "idempotency_in_progress"],
            [413] = ["too_long", "too_large"],
            [429] = ["rate_limited"],
            [502] = ["source_failed"],
            [503] = ["source_rate_limited", "overloaded", "shutting_down", "issuer_unreachable"],
            [504] = ["source_timeout"],
        };
        var document = ApiDocument.Parse(await _http.GetStringAsync(ApiDocument.Path));

        Assert.Equal(
            [],
            document.Refusals.Where(one => !known.GetValueOrDefault(one.Status, []).Contains(one.Code)).Distinct()
        );
    }

    [Fact]
    public async Task Every_refusal_has_a_whole_example_of_each_of_its_codes()
    {
        var document = ApiDocument.Parse(await _http.GetStringAsync(ApiDocument.Path));
        var examples = document
            .Refusals.Select(one =>
                (Refusal: one, Examples: document.ExamplesOf(one.Operation, one.Status, one.Code).ToList())
            )
            .ToList();

        Assert.Equal([], examples.Where(one => one.Examples.Count == 0).Select(one => one.Refusal));
        foreach (var (refusal, problems) in examples)
        {
            foreach (var problem in problems)
            {
                Assert.Equal(refusal.Status, problem.GetProperty("status").GetInt32());
                Assert.Equal($"urn:decant:problem:{refusal.Code}", problem.GetProperty("type").GetString());
                Assert.NotEqual("", problem.GetProperty("trace_id").GetString());
            }
        }
    }
}
