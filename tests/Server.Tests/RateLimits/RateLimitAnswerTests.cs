using System.Net.Http.Json;
using Decant.Server.RateLimits;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.RateLimits;

public sealed class RateLimitAnswerTests
{
    private static readonly object Nonsense = new { url = "nonsense" };

    [Fact]
    public async Task Every_answer_says_what_is_left_and_the_one_too_many_says_how_long_to_wait()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:Info=2");

        var first = await server.PostAsync("/api/v1/video/info", Nonsense);
        await first.ReadProblemAsync(400, "invalid_url");
        Assert.Equal("\"info\";q=2;w=60", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"info\";r=1;t=60", Header(first, "RateLimit"));

        await server.PostAsync("/api/v1/video/info", Nonsense);
        var third = await server.PostAsync("/api/v1/video/info", Nonsense);

        var problem = await third.ReadProblemAsync(429, "rate_limited");
        Assert.True((bool?)problem["retryable"]);
        Assert.StartsWith("\"info\";r=0;t=", Header(third, "RateLimit"));
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Public_calls_are_counted_by_address_whatever_key_they_send()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:PublicInfo=1");

        await server.Http.PostAsJsonAsync("/api/v1/video/public/info", Nonsense);
        var second = await server.Public.PostAsJsonAsync("/api/v1/video/public/info", Nonsense);

        await second.ReadProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task A_thumbnail_counts_as_a_download()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:Download=2");

        await (await server.PostAsync("/api/v1/video/thumbnail", Nonsense)).ReadProblemAsync(400, "invalid_url");
        await (await server.PostAsync("/api/v1/video/download", Nonsense)).ReadProblemAsync(400, "invalid_url");
        var third = await server.PostAsync("/api/v1/video/thumbnail", Nonsense);

        await third.ReadProblemAsync(429, "rate_limited");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Refused_for_a_lack_of_scope_a_call_counts_like_any_other_of_its_key()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:JobManagement=2");
        var key = await (
            await server.PostAsync("/api/v1/auth/api-keys", new { name = "Reads", scopes = new[] { "media:read" } })
        ).ReadOkAsync();
        using var http = server.Public.BaseAddress!.WithKey((string)key["key"]!);

        var first = await http.DeleteAsync("/api/v1/video/jobs/1");
        await http.DeleteAsync("/api/v1/video/jobs/1");

        await first.ReadProblemAsync(403, "forbidden");
        Assert.Equal("\"job-management\";r=1;t=60", Header(first, "RateLimit"));
        await (await http.DeleteAsync("/api/v1/video/jobs/1")).ReadProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task A_limit_of_nothing_is_no_limit_and_says_nothing()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:Info=0");

        var answer = await server.PostAsync("/api/v1/video/info", Nonsense);

        Assert.False(answer.Headers.Contains("RateLimit"));
        Assert.False(answer.Headers.Contains("RateLimit-Policy"));
    }

    [Fact]
    public void The_documents_limits_are_the_defaults()
    {
        var options = new RateLimitOptions();

        Assert.Equal([60, 10, 30, 120, 10, 3, 60, 30, 60, 20, 60], Enum.GetValues<RateLimit>().Select(options.Of));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));
}
