using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.OpenApi;

/// <summary>The document's example of each refusal beside the refusal itself: the same members, and the same words where they never change.</summary>
public sealed class RefusalExampleTests(OpenServerOn<Sqlite> on) : IClassFixture<OpenServerOn<Sqlite>>
{
    private const string Info = "/api/v1/video/info";

    private readonly DecantServer _server = on.Server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not a url", "invalid_url")]
    [InlineData("http://10.0.0.1/film.mp4", "blocked_address")]
    [InlineData("https://www.youtube.com/watch?v=private0001", "private_content")]
    [InlineData("https://www.youtube.com/watch?v=members0001", "login_required")]
    [InlineData("https://www.youtube.com/watch?v=deleted0001", "content_not_found")]
    [InlineData("https://www.youtube.com/watch?v=agelimit001", "age_restricted")]
    [InlineData("https://www.youtube.com/watch?v=regionlock1", "geo_blocked")]
    [InlineData("https://www.youtube.com/watch?v=upcoming001", "not_started")]
    [InlineData("https://www.youtube.com/watch?v=drmlocked01", "drm_protected")]
    public async Task A_look_ups_refusal_is_as_its_example(string url, string code) =>
        await IsAsItsExampleAsync(_server, await PostAsync(_server.Http, Info, new { url }), code);

    [Fact]
    public async Task The_sources_refusals_are_as_their_examples()
    {
        await IsAsItsExampleAsync(
            _server,
            await PostAsync(_server.Http, Info, new { url = _server.Origin("page/none") }),
            "unsupported_url"
        );
        await IsAsItsExampleAsync(
            _server,
            await PostAsync(
                _server.Http,
                JobFlow.Download,
                new { url = _server.Origin("media/small.mp4"), format_selector = "999" }
            ),
            "unknown_format"
        );
    }

    [Fact]
    public async Task The_callers_refusals_are_as_their_examples()
    {
        var url = _server.Origin("media/small.mp4?examples");
        await IsAsItsExampleAsync(
            _server,
            await PostAsync(_server.Http, JobFlow.Download, new { url, quality = "loud" }),
            "invalid_request"
        );
        using var unknown = _server.Public.BaseAddress!.WithKey("ap_nobody_has_this_one");
        await IsAsItsExampleAsync(_server, await unknown.GetAsync(JobFlow.Jobs, Stop), "unauthenticated");
        await IsAsItsExampleAsync(_server, await _server.Http.GetAsync($"{JobFlow.Jobs}/987654321", Stop), "not_found");

        var ada = await Person.RegisterAsync(_server);
        var (reader, key) = await ada.KeyAsync("media:read");
        await IsAsItsExampleAsync(_server, await PostAsync(reader, JobFlow.Download, new { url }), "forbidden");
        await (await ada.Http.DeleteAsync($"{Person.Auth}/api-keys/{key.Number("id")}", Stop)).ReadOkAsync();
        await IsAsItsExampleAsync(_server, await reader.GetAsync(JobFlow.Jobs, Stop), "key_revoked");
        using var poor = await _server.NewClientAsync(cents: 0);
        await IsAsItsExampleAsync(
            _server,
            await PostAsync(poor, JobFlow.Download, new { url }),
            "insufficient_api_balance"
        );
        await IsAsItsExampleAsync(
            _server,
            await PostAsync(
                _server.Public,
                "/api/v1/video/public/download",
                new { url = LabPages.YouTube("eleven00660") }
            ),
            "too_long"
        );
    }

    [Fact]
    public async Task The_jobs_refusals_are_as_their_examples()
    {
        var url = _server.Origin("media/small.mp4?examples");
        async Task<HttpResponseMessage> NamedAsync(string format)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download)
            {
                Content = JsonContent.Create(new { url, format }),
                Headers = { { "Idempotency-Key", "examples-1" } },
            };
            return await _server.Http.SendAsync(request, Stop);
        }

        var job = (await (await NamedAsync("mp3")).ReadOkAsync())["job"]!;
        await IsAsItsExampleAsync(_server, await NamedAsync("mp4"), "idempotency_conflict");
        var done = await _server.CompletionOfAsync(job.Number("id"));
        await IsAsItsExampleAsync(
            _server,
            await _server.Http.PostAsync($"{JobFlow.Jobs}/{job.Number("id")}/cancel", null, Stop),
            "wrong_state"
        );
        var link = new Uri(done.Text("download_url")).PathAndQuery.Replace(
            "video_",
            "video_9",
            StringComparison.Ordinal
        );
        await IsAsItsExampleAsync(_server, await _server.Public.GetAsync(link, Stop), "bad_signature");
        using var large = new StringContent($"{{\"url\": \"{new string('x', 2 << 20)}\"}}", null, "application/json");
        await IsAsItsExampleAsync(_server, await _server.Http.PostAsync(Info, large, Stop), "too_large");
    }

    /// <summary>Holds a refusal to an example that its operation has of its code: the same words where they never change, and the same members.</summary>
    internal static async Task IsAsItsExampleAsync(DecantServer server, HttpResponseMessage refusal, string code)
    {
        var problem = JsonNode.Parse(await refusal.Content.ReadAsStringAsync(Stop))!.AsObject();
        Assert.True(code == (string?)problem["code"], problem.ToJsonString());
        var document = ApiDocument.Parse(await server.Public.GetStringAsync(ApiDocument.Path, Stop));
        var request = refusal.RequestMessage!;
        string[] equal = ["type", "title", "status", "code", "retryable"];
        Assert.Contains(
            document.ExamplesAt(request.Method.Method, request.RequestUri!.AbsolutePath, (int)refusal.StatusCode, code),
            example =>
                example
                    .EnumerateObject()
                    .Select(member => member.Name)
                    .ToHashSet()
                    .SetEquals(problem.Select(member => member.Key))
                && equal.All(name =>
                    JsonNode.DeepEquals(JsonNode.Parse(example.GetProperty(name).GetRawText()), problem[name])
                )
        );
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, object body) =>
        http.PostAsJsonAsync(path, body, Stop);
}
