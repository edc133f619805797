using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.OpenApi;
using Decant.Server.Tests.Webhooks;

namespace Decant.Server.Tests.Documents;

/// <summary>
/// Every path, body and field that the contract names around the documents' own calls (its sections Accounts, Money, Errors, API manners
/// and Webhooks), by its name and its kind. What the values mean other classes test; this one fails when a name goes.
/// </summary>
public sealed class ContractFieldTests(OpenServerOn<Sqlite> on) : IClassFixture<OpenServerOn<Sqlite>>
{
    private const string Auth = "/api/v1/auth";
    private const string Wallet = "/api/v1/api-wallet";
    private const string Account =
        "id:n email:s full_name:s role:s is_active:b is_verified:b has_password:b credits_balance:n created_at:s updated_at:s";
    private const string List = "items:a total:n limit:n skip:n";
    private const string Job =
        "id:n task_id:s status:s progress:n stage:s platform:s video_id:s title:s format:s quality:s url:s error:? expires_at:? "
        + "credits_used:n cost_usd:? billed_to:s batch_id:? playlist_index:? started_at:? completed_at:? created_at:s attempts:n "
        + "download_url:? thumbnail_url:? file_size:? audio_only:b estimated_duration:?";

    private readonly DecantServer _server = on.Server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts()
    {
        var email = $"ada{Guid.NewGuid():N}@example.org";
        const string password = "quiet otter lantern 7";
        var made = await PostAsync(
            _server.Public,
            $"{Auth}/register",
            new
            {
                email,
                password,
                full_name = "Ada",
            }
        );
        Has(made, "user:o access_token:s refresh_token:s token_type:s expires_in:n");
        Has(made["user"]!, Account);
        var token = await (await _server.Public.SignInAsync(email, password)).ReadOkAsync();
        Has(token, "user:o access_token:s refresh_token:s token_type:s expires_in:n");
        var fresh = await PostAsync(
            _server.Public,
            $"{Auth}/refresh",
            new { refresh_token = token.Text("refresh_token") }
        );
        Has(fresh, "user:o access_token:s refresh_token:s token_type:s expires_in:n");
        using var http = _server.Public.BaseAddress!.WithToken(fresh.Text("access_token"));
        Has(await GetAsync(http, $"{Auth}/me"), Account);
        Has(await ReadAsync(await http.PatchAsJsonAsync($"{Auth}/me", new { full_name = "A" }, Stop)), Account);

        var key = await PostAsync(
            http,
            $"{Auth}/api-keys",
            new
            {
                name = "k",
                scopes = (string[])["media:read"],
                expires_in_days = 3,
            }
        );
        Has(key, "id:n name:s prefix:s scopes:a key:s api_key:s created_at:s expires_at:s last_used_at:? revoked_at:?");
        var keys = await GetAsync(http, $"{Auth}/api-keys");
        Has(keys, List);
        Has(keys["items"]![0]!, "id:n name:s prefix:s scopes:a created_at:s expires_at:s last_used_at:? revoked_at:?");
        Has(await ReadAsync(await http.DeleteAsync($"{Auth}/api-keys/{key.Number("id")}", Stop)), "id:n revoked_at:s");

        using var session = await _server.Public.PostAsJsonAsync(
            $"{Auth}/session",
            new { username = email, password },
            Stop
        );
        Has(await session.ReadOkAsync(), Account);
        Assert.Contains(
            session.Headers.GetValues("Set-Cookie"),
            one => one.Contains("HttpOnly", StringComparison.OrdinalIgnoreCase)
        );
        Has(await ReadAsync(await _server.Public.DeleteAsync($"{Auth}/session", Stop)), "message:s");
        Has(
            await PostAsync(
                http,
                $"{Auth}/change-password",
                new { current_password = password, new_password = "quiet otter lantern 8" }
            ),
            "user:o access_token:s refresh_token:s token_type:s expires_in:n"
        );
        Has(await GetAsync(_server.Public, "/api/v1/health"), "status:s");
    }

    [Fact]
    public async Task Money()
    {
        using var http = await _server.NewClientAsync(cents: 500);
        var id = await http.StartAsync(new { url = _server.Origin("media/small.mp4?contract"), format = "m4a" });
        await http.CompletionOfAsync(id);
        var estimate = new { service_type = "media_extraction", duration_seconds = 60 };

        Has(
            await GetAsync(http, $"{Wallet}/balance"),
            "balance_cents:n balance_usd:s total_topped_up_cents:n total_topped_up_usd:s total_spent_cents:n total_spent_usd:s low_balance_warning:b"
        );
        var usage = await GetAsync(http, $"{Wallet}/usage?page=1&limit=50");
        Has(usage, "logs:a total:n page:n limit:n items:a skip:n");
        Has(usage["logs"]![0]!, "service_type:s duration_minutes:n amount_cents:n amount_usd:s job_id:n created_at:s");
        var pricing = await GetAsync(_server.Public, $"{Wallet}/pricing");
        Assert.NotEmpty(pricing.AsObject());
        Has(
            await PostAsync(_server.Public, $"{Wallet}/estimate", estimate),
            "cost_cents:n cost_usd:s rate_per_minute:n"
        );
        Has(
            await PostAsync(http, $"{Wallet}/check-balance", estimate),
            "sufficient:b required_cents:n available_cents:n"
        );
        var topUps = await GetAsync(http, $"{Wallet}/topups");
        Has(topUps, List);
        Has(topUps["items"]![0]!, "amount_cents:n amount_usd:s created_at:s");
        var services = await GetAsync(_server.Public, $"{Wallet}/service-types");
        Has(services["items"]![0]!, "service_type:s name:s rate_per_minute:n");
        Has(await GetAsync(http, "/api/v1/credits/balance"), "balance_credits:n");
        Has(await GetAsync(http, "/api/v1/credits/usage"), List);
        var job = await GetAsync(http, $"{JobFlow.Jobs}/{id}");
        Has(job, "credits_used:n cost_usd:n billed_to:s");
    }

    [Fact]
    public async Task Jobs_and_what_is_beside_them()
    {
        var url = _server.Origin("media/small.mp4?fields");
        var accepted = await PostAsync(_server.Http, JobFlow.Download, new { url, format = "mp3" });
        Has(accepted, "job:o estimated_credits:n message:s");
        Has(accepted["job"]!, Job);
        var id = accepted["job"]!.Number("id");
        await _server.CompletionOfAsync(id);
        Has(await GetAsync(_server.Http, $"{JobFlow.Jobs}/{id}?wait=1"), Job);
        var list = await GetAsync(_server.Http, $"{JobFlow.Jobs}?limit=1&status=COMPLETED&platform=other&format=mp3");
        Has(list, List);
        Has(list["items"]![0]!, Job);

        string[] bulkPaths = ["/api/v1/video/video-download/bulk-download", "/api/v1/video/bulk-download"];
        foreach (var path in bulkPaths)
        {
            var bulk = await PostAsync(
                _server.Http,
                path,
                new
                {
                    downloads = new object[]
                    {
                        new { url, format = "mp3" },
                        new { url = "https://www.youtube.com/watch?v=private0001" },
                    },
                }
            );
            Has(bulk, "batch_id:s jobs:a estimated_credits:n errors:a message:s");
            Has(bulk["errors"]![0]!, "index:n url:s code:s message:s");
        }

        var open = await PostAsync(_server.Public, "/api/v1/video/public/download", new { url, format = "mp3" });
        Has(open["job"]!, "id:n access_token:s status_url:s");
        var thumbnail = await PostAsync(
            _server.Http,
            "/api/v1/video/thumbnail",
            new { url = LabPages.YouTube("contract") }
        );
        Has(thumbnail["job"] ?? thumbnail, "id:n status:s");
    }

    [Fact]
    public async Task Refusals_and_manners()
    {
        using var unknown = await _server.Http.PostAsJsonAsync(JobFlow.Download, new { url = "no address" }, Stop);
        var problem = JsonNode.Parse(await unknown.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType!.MediaType);
        Has(problem, "type:s title:s status:n detail:s code:s retryable:b trace_id:s errors:o");

        var url = _server.Origin("media/small.mp4?fields");
        var warned = await PostAsync(_server.Http, "/api/v1/video/info", new { url, includeFormats = true });
        Has(warned["warnings"]![0]!, "field:s message:s");
        using var current = await _server.Http.GetAsync(JobFlow.Jobs, Stop);
        Assert.NotNull(current.Headers.ETag);
        using var older = await _server.Http.GetAsync("/api/v1/video/jobs", Stop);
        Assert.True(older.Headers.Contains("Deprecation") && older.Headers.Contains("Link"));
        await using var limited = await DecantServer.StartAsync<Sqlite>("RateLimits:Info=1");
        using var first = await limited.Http.PostAsJsonAsync("/api/v1/video/info", new { url = "no address" }, Stop);
        using var second = await limited.Http.PostAsJsonAsync("/api/v1/video/info", new { url = "no address" }, Stop);
        Assert.True(first.Headers.Contains("RateLimit-Policy") && first.Headers.Contains("RateLimit"));
        Assert.True(second.Headers.Contains("RateLimit-Policy") && second.Headers.RetryAfter is not null);
        await RefusalExampleTests.IsAsItsExampleAsync(limited, second, "rate_limited");
    }

    [Fact]
    public async Task Webhooks()
    {
        using var http = await _server.NewClientAsync(cents: 500);
        await using var receiver = await Receiver.StartAsync(_server.Lab);
        const string endpointFields =
            "id:n url:s kind:s events:a active:b enabled:b description:? created_at:s disabled_reason:?";
        const string deliveryFields =
            "id:n endpoint_id:n event_id:s event_type:s job_id:? status:s attempt_count:n created_at:s next_attempt_at:? response_status:? error:?";
        var made = await http.AddEndpointAsync(receiver.Url);
        Has(made, $"{endpointFields} secret:s");
        var path = $"{Hooks.Endpoints}/{made.Number("id")}";
        Has(await GetAsync(http, path), endpointFields);
        Has(await GetAsync(http, Hooks.Endpoints), List);
        Has(await ReadAsync(await http.PatchAsJsonAsync(path, new { active = true }, Stop)), endpointFields);
        var tested = await ReadAsync(await http.PostAsync($"{path}/test", null, Stop));
        Has(tested, deliveryFields);
        var told = await receiver.NextAsync();
        Has(told.Json, "event_id:s event_type:s created_at:s message:s");

        var id = await http.StartAsync(new { url = _server.Origin("media/small.mp4?hooked"), format = "m4a" });
        await http.CompletionOfAsync(id);
        var event_ = await receiver.NextAsync();
        Has(
            event_.Json,
            "event_id:s event_type:s job_id:n job_type:s status:s error_message:? failure_reason:? created_at:s job:o"
        );
        Has(event_.Json["job"]!, Job);
        string[] headers =
        [
            "X-AudioPod-Signature",
            "X-AudioPod-Timestamp",
            "X-AudioPod-Event",
            "X-AudioPod-Event-Id",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
        ];
        Assert.All(headers, header => Assert.True(event_.Headers.ContainsKey(header), header));
        // The receiver knows of it before its answer is written down, and until then it is not sent once more.
        var sent = await http.DeliveryWhenAsync(
            made.Number("id"),
            one => one.Text("event_id") == event_.Json.Text("event_id") && one.Text("status") == "delivered"
        );
        var deliveries = await GetAsync(http, $"{path}/deliveries");
        Has(deliveries, List);
        Has(deliveries["items"]![0]!, deliveryFields);
        var again = await http.PostAsync($"{Hooks.Deliveries}/{sent.Number("id")}/redeliver", null, Stop);
        Has(await ReadAsync(again), deliveryFields);
        Has(await ReadAsync(await http.DeleteAsync(path, Stop)), "message:s");
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) =>
        await ReadAsync(await http.GetAsync(path, Stop));

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body) =>
        await ReadAsync(await http.PostAsJsonAsync(path, body, Stop));

    private static Task<JsonNode> ReadAsync(HttpResponseMessage answer) => answer.ReadOkAsync();

    /// <param name="answer">An object.</param>
    /// <param name="fields">Names with their kinds: <c>n</c>umber, <c>s</c>tring, <c>b</c>oolean, <c>o</c>bject, <c>a</c>rray, or <c>?</c> for one that may be null.</param>
    private static void Has(JsonNode answer, string fields)
    {
        var faults = fields
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split(':'))
            .Where(field =>
                !answer.AsObject().ContainsKey(field[0]) || (field[1] != "?" && KindOf(answer[field[0]]) != field[1])
            )
            .Select(field => $"{field[0]}:{field[1]}");
        Assert.True(!faults.Any(), $"missing or of another kind: {string.Join(' ', faults)} in {answer}");
    }

    private static string KindOf(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.Number => "n",
            JsonValueKind.String => "s",
            JsonValueKind.True or JsonValueKind.False => "b",
            JsonValueKind.Object => "o",
            JsonValueKind.Array => "a",
            _ => "null",
        };
}
