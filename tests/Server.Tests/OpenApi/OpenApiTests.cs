using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

public sealed class OpenApiTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private readonly HttpClient _http = on.Server.Public;

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_every_endpoint_has_a_summary()
    {
        var document = await DocumentAsync();

        Assert.StartsWith("3.1", (string?)document["openapi"]);
        Assert.All(
            Operations(document),
            operation => Assert.False(string.IsNullOrEmpty((string?)operation.Value["summary"]), operation.Key)
        );
    }

    [Fact]
    public async Task Both_path_families_are_in_it()
    {
        var paths = (await DocumentAsync())["paths"]!.AsObject().Select(path => path.Key).ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "/api/v1/video/info",
                "/api/v1/video/public/info",
                "/api/v1/video/video-download/formats",
                "/api/v1/video/formats",
                "/api/v1/video/video-download/public/formats",
                "/api/v1/video/public/formats",
            },
            paths
        );
    }

    [Fact]
    public async Task Endpoints_that_want_a_credential_say_so_and_the_others_do_not()
    {
        var paths = (await DocumentAsync())["paths"]!;

        Assert.Equal(
            ["api_key", "bearer"],
            paths["/api/v1/video/info"]!["post"]!["security"]!.AsArray().Select(one => one!.AsObject().Single().Key)
        );
        Assert.Empty(paths["/api/v1/video/public/info"]!["post"]!["security"]!.AsArray());
    }

    [Fact]
    public async Task Every_endpoint_says_how_it_refuses()
    {
        var document = await DocumentAsync();

        Assert.All(
            Operations(document),
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
    public async Task Scopes_forms_and_refusals_are_told()
    {
        var paths = (await DocumentAsync())["paths"]!;
        var keys = paths["/api/v1/auth/api-keys"]!["post"]!;
        var signIn = paths["/api/v1/auth/token"]!["post"]!;

        Assert.Equal("account:write", (string?)keys["x-required-scope"]);
        Assert.Contains("`key_revoked`", (string?)keys["responses"]!["403"]!["description"]);
        Assert.Contains("`rate_limited`", (string?)signIn["responses"]!["429"]!["description"]);
        Assert.NotNull(signIn["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]);
        Assert.Empty(signIn["security"]!.AsArray());
    }

    [Fact]
    public async Task Numbers_are_numbers_and_fields_are_described()
    {
        var info = (await DocumentAsync())["components"]!["schemas"]!["InfoResponse"]!["properties"]!;

        Assert.Equal("integer", (string?)info["estimated_credits"]!["type"]);
        Assert.False(string.IsNullOrEmpty((string?)info["estimated_credits"]!["description"]));
    }

    [Fact]
    public async Task Every_field_and_every_parameter_is_described()
    {
        var document = await DocumentAsync();
        var fields = document["components"]!["schemas"]!
            .AsObject()
            .SelectMany(schema =>
                (schema.Value!["properties"]?.AsObject() ?? []).Select(field =>
                    KeyValuePair.Create($"{schema.Key}.{field.Key}", field.Value!)
                )
            );
        var parameters = Operations(document)
            .SelectMany(operation =>
                (operation.Value["parameters"]?.AsArray() ?? []).Select(parameter =>
                    KeyValuePair.Create($"{operation.Key} {parameter!["name"]}", parameter)
                )
            );

        Assert.Equal(
            [],
            fields.Concat(parameters).Where(one => !IsDescribed(one.Value, document)).Select(one => one.Key)
        );
    }

    [Fact]
    public async Task Every_field_that_is_a_value_has_an_example()
    {
        var document = await DocumentAsync();
        var values = document["components"]!["schemas"]!
            .AsObject()
            .SelectMany(schema =>
                (schema.Value!["properties"]?.AsObject() ?? []).Select(field =>
                    KeyValuePair.Create($"{schema.Key}.{field.Key}", field.Value!.AsObject())
                )
            )
            .Where(field => IsValue(field.Value));

        Assert.Equal([], values.Where(field => field.Value["examples"] is null).Select(field => field.Key));
    }

    /// <summary>Neither a thing of many fields, nor one of a few words that are listed, nor yes or no.</summary>
    private static bool IsValue(JsonObject field)
    {
        string[] others = ["$ref", "oneOf", "anyOf", "allOf", "enum"];
        string[] types = ["object", "array", "boolean"];
        return !others.Any(field.ContainsKey)
            && !types.Any(type => $"{field["type"]?.ToJsonString()}".Contains(type, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_have_names_of_their_own_and_groups_an_order_to_learn_them_in()
    {
        var document = await DocumentAsync();
        var names = Operations(document).Select(operation => (string)operation.Value["operationId"]!).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Contains("postVideoDownload", names);
        Assert.Contains("getVideoDownloadJobsById", names);
        Assert.Equal("Video", (string?)document["tags"]![0]!["name"]);
        Assert.All(document["tags"]!.AsArray(), tag => Assert.NotNull(tag!["description"]));
        Assert.Superset(
            document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToHashSet(),
            Operations(document).SelectMany(one => one.Value["tags"]!.AsArray()).Select(tag => (string)tag!).ToHashSet()
        );
    }

    [Fact]
    public async Task What_can_go_wrong_with_somebody_elses_page_is_told_where_it_can()
    {
        var refusals = (await DocumentAsync())["paths"]!["/api/v1/video/download"]!["post"]!["responses"]!;

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
    public async Task Every_event_of_webhooks_is_in_the_document_with_its_body()
    {
        var document = await DocumentAsync();
        var webhooks = document["webhooks"]!.AsObject();

        Assert.Equal(
            ["job.completed", "job.failed", "job.cancelled", "webhook.test"],
            webhooks.Select(webhook => webhook.Key)
        );
        Assert.All(
            webhooks,
            webhook =>
            {
                var body = webhook.Value!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"];
                Assert.NotNull(
                    document["components"]!["schemas"]![((string)body!).Split('/')[^1]]!["properties"]!["event_id"]
                );
            }
        );
    }

    [Fact]
    public async Task The_document_names_its_server_and_every_limited_answer_its_limit()
    {
        var document = await DocumentAsync();
        var download = document["paths"]!["/api/v1/video/download"]!["post"]!["responses"]!;

        Assert.Equal(_http.BaseAddress!.GetLeftPart(UriPartial.Authority), (string?)document["servers"]![0]!["url"]);
        Assert.NotNull(download["200"]!["headers"]!["RateLimit"]);
        Assert.NotNull(download["429"]!["headers"]!["Retry-After"]);
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

    [Fact]
    public async Task Older_paths_are_marked_deprecated_and_no_others()
    {
        var document = await DocumentAsync();

        Assert.All(
            Operations(document),
            operation =>
                Assert.Equal(
                    (string?)operation.Value["tags"]![0] == "Video, older paths",
                    (bool?)operation.Value["deprecated"] ?? false
                )
        );
    }

    [Fact]
    public async Task Filters_are_closed_sets_that_the_document_names()
    {
        var parameters = (await DocumentAsync())["paths"]!["/api/v1/video/video-download/jobs"]!["get"]!["parameters"]!
            .AsArray()
            .ToDictionary(
                one => (string)one!["name"]!,
                one => one!["schema"]!["enum"]?.AsArray().Select(value => (string)value!)
            );

        Assert.Equal(["PROCESSING", "COMPLETED", "FAILED", "CANCELLED"], parameters["status"]);
        Assert.Contains("soundcloud", parameters["platform"]!);
        Assert.Contains("mp3", parameters["format"]!);
        Assert.Contains("-created_at", parameters["sort"]!);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await _http.GetStringAsync("/openapi/v1.json"))!;

    /// <summary>In its own words, or in those of the schema that it is.</summary>
    private static bool IsDescribed(JsonNode one, JsonNode document) =>
        !string.IsNullOrEmpty((string?)one["description"])
        || (
            (string?)one["$ref"] is { } reference
            && IsDescribed(document["components"]!["schemas"]![reference.Split('/')[^1]]!, document)
        )
        || (one["oneOf"]?.AsArray().Any(choice => IsDescribed(choice!, document)) ?? false);

    private static IEnumerable<KeyValuePair<string, JsonNode>> Operations(JsonNode document) =>
        document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(one => KeyValuePair.Create($"{one.Key} {path.Key}", one.Value!))
            );
}
