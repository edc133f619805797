using System.Net.Http.Json;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.RateLimits;

/// <summary>Calls without a good credential, of which so many a minute may come from one address.</summary>
public abstract class GuessingTests<TDatabase>
    where TDatabase : ITestDatabase
{
    private const string Jobs = "/api/v1/video/jobs";

    [Fact]
    public async Task Bad_and_missing_credentials_count_against_the_address_and_say_so()
    {
        await using var server = await StartAsync();
        using var guesser = server.Public.BaseAddress!.WithKey("ap_a_guess");
        using var forger = server.Public.BaseAddress!.WithToken("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.");

        var first = await server.Public.GetAsync(Jobs);
        await first.ReadProblemAsync(401, "unauthenticated");
        Assert.Equal("\"unauthenticated\";q=3;w=60", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"unauthenticated\";r=2;t=60", Header(first, "RateLimit"));
        var second = await guesser.PostAsJsonAsync("/api/v1/video/info", new { url = "nonsense" });
        await second.ReadProblemAsync(401, "unauthenticated");
        Assert.StartsWith("\"unauthenticated\";r=1;t=", Header(second, "RateLimit"));
        await (await forger.MeAsync()).ReadProblemAsync(401, "unauthenticated");

        var fourth = await guesser.GetAsync(Jobs);

        await fourth.ReadProblemAsync(429, "rate_limited");
        Assert.StartsWith("\"unauthenticated\";r=0;t=", Header(fourth, "RateLimit"));
        Assert.InRange(fourth.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        // Whoever lives at the same address and knows their key is not shut out.
        var good = await server.Http.GetAsync(Jobs);
        await good.ReadOkAsync();
        Assert.False(good.Headers.Contains("RateLimit"), "JobStatus is switched off.");
        // Nor is what needs no credential.
        await (await server.Public.GetAsync("/api/v1/video/public/formats")).ReadOkAsync();
    }

    [Fact]
    public async Task A_revoked_key_counts_as_a_bad_one()
    {
        await using var server = await StartAsync();
        var key = await (
            await server.PostAsync($"{Person.Auth}/api-keys", new { name = "Test", scopes = new[] { "*" } })
        ).ReadOkAsync();
        using var http = server.Public.BaseAddress!.WithKey((string)key["key"]!);
        await (await server.Http.DeleteAsync($"{Person.Auth}/api-keys/{key["id"]}")).ReadOkAsync();

        for (var turn = 0; turn < 3; turn++)
        {
            await (await http.GetAsync(Jobs)).ReadProblemAsync(403, "key_revoked");
        }

        await (await http.GetAsync(Jobs)).ReadProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task An_address_is_what_a_trusted_proxy_says_and_a_64_of_IPv6()
    {
        await using var server = await StartAsync("Proxies:Trusted:0=127.0.0.0/8");

        foreach (var address in (string[])["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::9"])
        {
            await (await GuessAsync(server, address)).ReadProblemAsync(401, "unauthenticated");
        }

        await (await GuessAsync(server, "2001:db8:1:2:aaaa::1")).ReadProblemAsync(429, "rate_limited");
        await (await GuessAsync(server, "2001:db8:1:3::1")).ReadProblemAsync(401, "unauthenticated");
        await (await GuessAsync(server, "198.51.100.7")).ReadProblemAsync(401, "unauthenticated");
    }

    private static Task<DecantServer> StartAsync(params string[] settings) =>
        DecantServer.StartAsync<TDatabase>(["RateLimits:Unauthenticated=3", .. settings]);

    private static async Task<HttpResponseMessage> GuessAsync(DecantServer server, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Jobs);
        request.Headers.Add("X-API-Key", "ap_a_guess");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await server.Public.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));
}

public sealed class GuessingOnSqlite : GuessingTests<Sqlite>;

public sealed class GuessingOnPostgres : GuessingTests<Postgres>;
