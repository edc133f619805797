using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using Decant.Engine.Errors;
using Decant.Server.Errors;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Errors;

public sealed class ErrorTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Info = "/api/v1/video/info";
    private readonly HttpClient _http = on.Server.Http;

    [Fact]
    public async Task An_unknown_path_is_404()
    {
        await (await _http.GetAsync("/api/v1/video/nothing")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_wrong_method_is_405_and_names_the_right_one()
    {
        var answer = await _http.GetAsync(Info);

        await answer.ReadProblemAsync(405, "method_not_allowed");
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    [InlineData("""{"url": 5}""", "url")]
    [InlineData("""{"url": "https://example.org", "include_formats": "perhaps"}""", "include_formats")]
    [InlineData("{}", "url")]
    [InlineData("""{"url": "  "}""", "url")]
    public async Task A_body_that_is_not_what_is_wanted_names_the_field_at_fault(string body, string field)
    {
        var problem = await (await PostAsync(body)).ReadProblemAsync(400, "invalid_request");

        Assert.NotNull(problem["errors"]?[field]);
    }

    [Fact]
    public async Task A_body_that_does_not_say_it_is_json_is_told_to()
    {
        var answer = await _http.PostAsync(Info, new StringContent("url=x", Encoding.UTF8, "text/plain"));

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.Contains("application/json", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_charset_that_nobody_knows_is_named()
    {
        var body = new StringContent("{}");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");

        var problem = await (await _http.PostAsync(Info, body)).ReadProblemAsync(400, "invalid_request");

        Assert.Contains("'klingon'", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_too_large()
    {
        var problem = await (
            await PostAsync($$"""{"url": "https://example.org/{{new string('x', 1 << 20)}}"}""")
        ).ReadProblemAsync(413, "too_large");

        Assert.Equal(1 << 20, (int?)problem["max_bytes"]);
    }

    [Fact]
    public async Task Who_sends_far_more_than_it_may_hears_why_to_the_end()
    {
        // More than the sockets' buffers take: whoever closed now would reset a client in the middle of its sentence.
        for (var time = 0; time < 20; time++)
        {
            await (await PostAsync(new string('x', 8 << 20))).ReadProblemAsync(413, "too_large");
        }
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/a.mp4")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    public async Task What_is_no_web_address_is_an_invalid_url_and_quoted(string url)
    {
        var problem = await (await _http.PostAsJsonAsync(Info, new { url })).ReadProblemAsync(400, "invalid_url");

        Assert.Contains(url, (string?)problem["detail"]);
        Assert.NotNull(problem["errors"]?["url"]);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var answer = await PostAsync("""{"url": "nonsense", "colour": "blue"}""");

        await answer.ReadProblemAsync(400, "invalid_url");
    }

    [Theory]
    [InlineData("invalid_request", 400)]
    [InlineData("invalid_url", 400)]
    [InlineData("unsupported_url", 400)]
    [InlineData("unknown_format", 400)]
    [InlineData("private_content", 403)]
    [InlineData("login_required", 403)]
    [InlineData("age_restricted", 403)]
    [InlineData("geo_blocked", 403)]
    [InlineData("drm_protected", 403)]
    [InlineData("source_blocked", 403)]
    [InlineData("blocked_address", 403)]
    [InlineData("content_not_found", 404)]
    [InlineData("not_started", 409)]
    [InlineData("too_long", 413)]
    [InlineData("too_large", 413)]
    [InlineData("source_failed", 502)]
    [InlineData("source_rate_limited", 503)]
    [InlineData("overloaded", 503)]
    [InlineData("source_timeout", 504)]
    public void Every_failure_of_the_engine_has_the_contracts_status(string code, int status)
    {
        var error = AllErrors().Single(one => one.Code == code);

        Assert.Equal(status, error.ToApiError().Status);
        Assert.Equal(error.Retryable, error.ToApiError().Retryable);
    }

    [Fact]
    public void No_failure_of_the_engine_is_missing_from_the_table()
    {
        Assert.Equal(19, AllErrors().Select(error => error.ToApiError().Code).Distinct().Count());
        Assert.Equal(19, AllErrors().Count());
    }

    private static IEnumerable<MediaError> AllErrors() =>
        typeof(MediaError).GetFields().Select(field => field.GetValue(null)).OfType<MediaError>();

    private Task<HttpResponseMessage> PostAsync(string body) =>
        _http.PostAsync(Info, new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json));
}
