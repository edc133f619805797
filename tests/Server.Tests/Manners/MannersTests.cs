using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Manners;

public abstract class MannersTests(DecantServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_field_that_nobody_knows_is_ignored_and_named_with_the_nearest_name()
    {
        var answer = await server.Http.DownloadAsync(
            new
            {
                url = server.Origin("media/small.mp4?warned"),
                audioOnly = true,
                format = "m4a",
                clip = new
                {
                    start = 0,
                    stop = 1,
                    end = 1,
                },
            }
        );

        Assert.Equal("m4a", answer["job"]!.Text("format"));
        Assert.Equal(
            [
                ("audioOnly", "The field 'audioOnly' is not known and was ignored. Did you mean 'audio_only'?"),
                ("clip.stop", "The field 'clip.stop' is not known and was ignored."),
            ],
            answer["warnings"]!.AsArray().Select(one => (one!.Text("field"), one!.Text("message")))
        );
    }

    [Fact]
    public async Task A_repeated_request_is_answered_with_its_warnings_too()
    {
        var name = Guid.NewGuid().ToString();
        var first = await NamedAsync();
        var again = await NamedAsync();

        Assert.Equal("audioOnly", Assert.Single(again["warnings"]!.AsArray())!.Text("field"));
        Assert.Equal(first.ToJsonString(), again.ToJsonString());

        async Task<JsonNode> NamedAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download)
            {
                Content = JsonContent.Create(
                    new
                    {
                        url = server.Origin("media/small.mp4?repeated"),
                        audioOnly = true,
                        format = "m4a",
                    }
                ),
                Headers = { { "Idempotency-Key", name } },
            };
            return await (await server.Http.SendAsync(request)).ReadOkAsync();
        }
    }

    [Fact]
    public async Task Fields_inside_a_list_are_named_where_they_stand_and_known_ones_bring_no_warning()
    {
        var url = server.Origin("media/small.mp4?bulk-warned");
        var warned = await PostAsync(
            "/api/v1/video/bulk-download",
            new
            {
                downloads = (object[])
                    [
                        new { url, format = "m4a" },
                        new
                        {
                            url,
                            format = "m4a",
                            clips = 1,
                        },
                    ],
            }
        );
        var clean = await PostAsync("/api/v1/video/info", new { URL = url, include_formats = true });

        Assert.Equal("downloads[1].clips", Assert.Single(warned["warnings"]!.AsArray())!.Text("field"));
        Assert.False(clean.AsObject().ContainsKey("warnings"));
    }

    [Theory]
    [InlineData("""{"titel": "A better one"}""", "titel", "Did you mean 'title'?")]
    [InlineData("{}", "body", "Known are title.")]
    public async Task A_change_that_names_nothing_known_is_refused(string body, string field, string message)
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?named"), format = "m4a" });

        var answer = await server.Http.PutAsync($"{JobFlow.Jobs}/{id}", Json(body), Stop);

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.Contains(message, (string?)problem["errors"]![field]![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url": "https://example.org/", """)]
    [InlineData("""{"url": https://example.org/}""")]
    [InlineData("url=https://example.org/")]
    public async Task JSON_that_is_none_is_called_so(string body)
    {
        var answer = await server.Http.PostAsync(JobFlow.Download, Json(body), Stop);

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.StartsWith("The body is not JSON", (string?)problem["errors"]!["body"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_the_wrong_kind_is_the_fields_fault_and_not_the_JSONs()
    {
        var answer = await server.Http.PostAsync(
            JobFlow.Download,
            Json("""{"url": "u", "audio_only": "maybe"}"""),
            Stop
        );

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]!["audio_only"]);
    }

    [Fact]
    public async Task A_job_that_is_waited_for_is_answered_when_it_changes()
    {
        var id = await server.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?waited") });
        var waiting = server.Http.GetAsync($"{JobFlow.Jobs}/{id}?wait=60", Stop);

        var cancelled = await server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null, Stop);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        var job = await (await waiting).ReadOkAsync();
        Assert.Equal(id, job.Number("id"));
        // It has ended: there is nothing to wait for.
        var ended = await (await server.Http.GetAsync($"{JobFlow.Jobs}/{id}?wait=60", Stop)).ReadOkAsync();
        Assert.Equal("CANCELLED", ended.Text("status"));
        await (await server.Http.GetAsync($"{JobFlow.Jobs}/{id}?wait=61", Stop)).ReadProblemAsync(
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task A_client_that_waits_with_a_tag_is_told_at_once_of_another_state()
    {
        var id = await server.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?tag-waited") });
        var path = $"{JobFlow.Jobs}/{id}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?wait=60")
        {
            Headers = { IfNoneMatch = { EntityTagHeaderValue.Parse("W/\"a state that was\"") } },
        };

        var job = await (await server.Http.SendAsync(request, Stop)).ReadOkAsync();

        Assert.Equal("PROCESSING", job.Text("status"));
        await server.Http.PostAsync($"{path}/cancel", null, Stop);
    }

    [Fact]
    public async Task Jobs_and_lists_are_sent_only_to_those_who_have_another_state_of_them()
    {
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?tagged"), format = "m4a" });
        await server.CompletionOfAsync(id);
        // A title of its own keeps jobs of other tests, which go on beside this one, out of the list.
        await server.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = "Title of the tagged" }, Stop);
        const string keys = "/api/v1/auth/api-keys";

        Assert.True(await IsSparedAsync($"{JobFlow.Jobs}/{id}"));
        Assert.True(await IsSparedAsync($"{JobFlow.Jobs}?search=tagged"));
        // A key's last use is written once a minute: between the two requests it may be, and not twice in a row.
        Assert.True(await IsSparedAsync(keys) || await IsSparedAsync(keys));

        var tag = (await server.Http.GetAsync($"{JobFlow.Jobs}/{id}", Stop)).Headers.ETag!;
        await server.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{id}", new { title = "Another title" }, Stop);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"{JobFlow.Jobs}/{id}", tag)).StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_but_for_those_that_hold_secrets(string coding)
    {
        Assert.Equal(coding, await CodingOfAsync("/openapi/v1.json", coding));
        Assert.Equal(coding, await CodingOfAsync("/api/v1/video/video-download/formats", coding));
        Assert.Null(await CodingOfAsync("/api/v1/auth/me", coding));
        Assert.Null(await CodingOfAsync("/api/v1/webhooks/endpoints", coding));
        var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?coded"), format = "m4a" });
        Assert.Null(await CodingOfAsync($"{JobFlow.Jobs}/{id}/events", coding));
    }

    [Theory]
    [InlineData("/api/v1/video/jobs?limit=1", "/api/v1/video/video-download/jobs?limit=1")]
    [InlineData("/api/v1/video/stats", "/api/v1/video/video-download/stats")]
    [InlineData("/api/v1/video/public/formats", "/api/v1/video/video-download/public/formats")]
    [InlineData("/api/v1/video/jobs/987654321", "/api/v1/video/video-download/jobs/987654321")]
    public async Task Older_paths_name_the_present_one(string older, string present)
    {
        var answer = await server.Http.GetAsync(older, Stop);
        var same = await server.Http.GetAsync(present, Stop);

        Assert.Matches(@"^@\d{10}$", Assert.Single(answer.Headers.GetValues("Deprecation")));
        Assert.Equal($"<{present}>; rel=\"successor-version\"", Assert.Single(answer.Headers.GetValues("Link")));
        Assert.Equal(answer.StatusCode, same.StatusCode);
        Assert.False(same.Headers.Contains("Deprecation"));
    }

    [Theory]
    [InlineData("/api/v1/video/video-download/jobs")]
    [InlineData("/api/v1/video/cookies")]
    [InlineData("/api/v1/auth/api-keys")]
    [InlineData("/api/v1/webhooks/endpoints")]
    [InlineData("/api/v1/webhooks/deliveries")]
    [InlineData("/api/v1/credits/usage")]
    [InlineData("/api/v1/api-wallet/usage")]
    [InlineData("/api/v1/api-wallet/topups")]
    [InlineData("/api/v1/api-wallet/service-types")]
    [InlineData("/api/v1/admin/users")]
    [InlineData("/api/v1/admin/audit")]
    public async Task Every_list_has_one_shape(string path)
    {
        var list = await (await server.Http.GetAsync($"{path}?limit=1&skip=0", Stop)).ReadOkAsync();

        Assert.InRange(list["items"]!.AsArray().Count, 0, 1);
        Assert.Equal((1, 0), (list.Number("limit"), list.Number("skip")));
        Assert.InRange(list.Number("total"), list["items"]!.AsArray().Count, long.MaxValue);
    }

    private async Task<string?> CodingOfAsync(string path, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { AcceptEncoding = { new StringWithQualityHeaderValue(coding) } },
        };
        // Past the fixture, which reads JSON as it comes.
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        request.Headers.Add("X-API-Key", DecantServer.Key);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Content.Headers.ContentEncoding.SingleOrDefault(one => one != "identity");
    }

    /// <summary>Asks twice, the second time with the first answer's tag.</summary>
    /// <returns>True where nothing was sent again; false where the state, and with it the tag, has changed meanwhile.</returns>
    private async Task<bool> IsSparedAsync(string path)
    {
        var tag = (await server.Http.GetAsync(path, Stop)).Headers.ETag!;
        var again = await AskAsync(path, tag);
        var isSpared = again.StatusCode == HttpStatusCode.NotModified;
        Assert.Equal(isSpared, tag.Equals(again.Headers.ETag));
        Assert.Equal(isSpared, (await again.Content.ReadAsByteArrayAsync(Stop)).Length == 0);
        return isSpared;
    }

    private async Task<HttpResponseMessage> AskAsync(string path, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { known } } };
        return await server.Http.SendAsync(request, Stop);
    }

    private async Task<JsonNode> PostAsync(string path, object body) =>
        await (await server.PostAsync(path, body)).ReadOkAsync();

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}

public sealed class MannersOnSqlite(ServerOn<Sqlite> on) : MannersTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class MannersOnPostgres(ServerOn<Postgres> on)
    : MannersTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
