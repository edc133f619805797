using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.OpenApi;

[Collection<OpenApiServer>]
public sealed class OpenApiTests(ServerOn<Sqlite> on)
{
    private readonly HttpClient _http = on.Server.Public;

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_every_endpoint_has_a_summary()
    {
        var document = await _http.DocumentAsync();

        Assert.StartsWith("3.1", (string?)document["openapi"]);
        Assert.All(
            document.Operations(),
            operation => Assert.False(string.IsNullOrEmpty((string?)operation.Value["summary"]), operation.Key)
        );
    }

    [Fact]
    public async Task Both_path_families_are_in_it()
    {
        var paths = (await _http.DocumentAsync())["paths"]!.AsObject().Select(path => path.Key).ToHashSet();

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
        var paths = (await _http.DocumentAsync())["paths"]!;

        Assert.Equal(
            ["api_key", "bearer"],
            paths["/api/v1/video/info"]!["post"]!["security"]!.AsArray().Select(one => one!.AsObject().Single().Key)
        );
        Assert.Empty(paths["/api/v1/video/public/info"]!["post"]!["security"]!.AsArray());
    }

    [Fact]
    public async Task Scopes_forms_and_refusals_are_told()
    {
        var paths = (await _http.DocumentAsync())["paths"]!;
        var keys = paths["/api/v1/auth/api-keys"]!["post"]!;
        var signIn = paths["/api/v1/auth/token"]!["post"]!;

        Assert.Equal("account:write", (string?)keys["x-required-scope"]);
        Assert.Contains("`key_revoked`", (string?)keys["responses"]!["403"]!["description"]);
        Assert.Contains("`rate_limited`", (string?)signIn["responses"]!["429"]!["description"]);
        Assert.NotNull(signIn["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]);
        Assert.Empty(signIn["security"]!.AsArray());
    }

    [Fact]
    public async Task Operations_have_names_of_their_own_and_groups_an_order_to_learn_them_in()
    {
        var document = await _http.DocumentAsync();
        var names = document.Operations().Select(operation => (string)operation.Value["operationId"]!).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Contains("postVideoDownload", names);
        Assert.Contains("getVideoDownloadJobsById", names);
        Assert.Equal("Video", (string?)document["tags"]![0]!["name"]);
        Assert.All(document["tags"]!.AsArray(), tag => Assert.NotNull(tag!["description"]));
        Assert.Superset(
            document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToHashSet(),
            document
                .Operations()
                .SelectMany(one => one.Value["tags"]!.AsArray())
                .Select(tag => (string)tag!)
                .ToHashSet()
        );
    }

    [Fact]
    public async Task Every_event_of_webhooks_is_in_the_document_with_its_body()
    {
        var document = await _http.DocumentAsync();
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
        var document = await _http.DocumentAsync();
        var download = document["paths"]!["/api/v1/video/download"]!["post"]!["responses"]!;

        Assert.Equal(_http.BaseAddress!.GetLeftPart(UriPartial.Authority), (string?)document["servers"]![0]!["url"]);
        Assert.NotNull(download["200"]!["headers"]!["RateLimit"]);
        Assert.NotNull(download["429"]!["headers"]!["Retry-After"]);
    }

    [Fact]
    public async Task Older_paths_are_marked_deprecated_and_no_others()
    {
        var document = await _http.DocumentAsync();

        Assert.All(
            document.Operations(),
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
        var document = await _http.DocumentAsync();
        var parameters = document["paths"]!["/api/v1/video/video-download/jobs"]!["get"]!["parameters"]!
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
}
