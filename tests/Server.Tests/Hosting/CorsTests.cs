using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Hosting;

public sealed class CorsTests
{
    private const string Origin = "https://app.example.org";
    private const string Me = "/api/v1/auth/me";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_a_named_origin_may_ask_and_read_the_answers_with_our_headers()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            $"Cors:Origins:0={Origin}/",
            "RateLimits:Info=5"
        );

        using var asked = await AskFirstAsync(server, Origin);
        using var answer = await ReadAsync(server, Origin);

        Assert.Equal(204, (int)asked.StatusCode);
        Assert.Equal(Origin, HeaderOf(asked, "Access-Control-Allow-Origin"));
        Assert.Contains("x-api-key", HeaderOf(asked, "Access-Control-Allow-Headers"));
        Assert.Contains("idempotency-key", HeaderOf(asked, "Access-Control-Allow-Headers"));
        Assert.Equal("600", HeaderOf(asked, "Access-Control-Max-Age"));
        Assert.Equal((200, Origin), ((int)answer.StatusCode, HeaderOf(answer, "Access-Control-Allow-Origin")));
        Assert.All(
            ["RateLimit", "RateLimit-Policy", "Idempotency-Replayed", "Retry-After", "ETag"],
            header => Assert.Contains(header, HeaderOf(answer, "Access-Control-Expose-Headers")!.Split(','))
        );
        // The session of this server's own page is for no other.
        Assert.Null(HeaderOf(answer, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_refusal_can_be_read_as_well()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>($"Cors:Origins:0={Origin}");
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("Origin", Origin);

        using var answer = await server.Public.SendAsync(request, Stop);

        await answer.ReadProblemAsync(401, "unauthenticated");
        Assert.Equal(Origin, HeaderOf(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://else.example.org")]
    public async Task Pages_of_all_others_are_told_nothing(string? named)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            named is null ? [] : [$"Cors:Origins:0={named}"]
        );

        using var asked = await AskFirstAsync(server, Origin);
        using var answer = await ReadAsync(server, Origin);

        Assert.Null(HeaderOf(asked, "Access-Control-Allow-Origin"));
        Assert.Null(HeaderOf(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_star_stands_for_every_origin()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Cors:Origins:0=*");

        using var answer = await ReadAsync(server, Origin);

        Assert.Equal("*", HeaderOf(answer, "Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> AskFirstAsync(DecantServer server, string origin)
    {
        // Not by the fixture's client, which holds answers to the document: browsers' questions are no part of it.
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(server.Public.BaseAddress!, Me));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-api-key,idempotency-key,content-type");
        return await http.SendAsync(request, Stop);
    }

    private static async Task<HttpResponseMessage> ReadAsync(DecantServer server, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("Origin", origin);
        return await server.Http.SendAsync(request, Stop);
    }

    private static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
