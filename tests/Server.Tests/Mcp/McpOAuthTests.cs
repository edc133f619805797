using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Web;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Mcp;

/// <summary>Agents that bring no key: they find the issuer by themselves, and their user signs in there.</summary>
public sealed class McpOAuthTests
{
    private const string WellKnown = "/.well-known/oauth-protected-resource/mcp";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_client_finds_the_issuer_signs_its_user_in_and_uses_the_tools()
    {
        var port = Ports.Take();
        using var provider = await OidcProvider.StartAsync($"http://127.0.0.1:{port}/unused");
        await using var server = await DecantServer.StartAsync<Sqlite>(
            $"urls=http://127.0.0.1:{port}",
            $"PublicBaseUrl=http://127.0.0.1:{port}",
            $"Jwt:Authority={provider.Address}",
            "Jwt:Audience=decant-at-home",
            // This provider grants nothing to who asks for nothing.
            "Jwt:Scopes:0=openid"
        );
        var directory = await NpmTool.PrepareAsync();
        try
        {
            string[] arguments =
            [
                "agent-oauth.js",
                "state.json",
                server.Public.BaseAddress!.AbsoluteUri,
                $"http://127.0.0.1:{port}/agents-callback",
            ];
            var first = JsonNode.Parse(await NpmTool.NodeAsync(directory, arguments))!;
            Assert.Equal("UnauthorizedError", first.Text("refusal"));
            Assert.StartsWith(provider.Address, first.Text("signIn"), StringComparison.Ordinal);

            using var browser = new SignInBrowser(server.Public.BaseAddress!);
            var back = await browser.SignInAtAsync("ada", first.Text("signIn"));
            var code = HttpUtility.ParseQueryString(back.RequestUri!.Query)["code"];
            Assert.True(code is not null, back.RequestUri.Query);
            var then = JsonNode.Parse(await NpmTool.NodeAsync(directory, [.. arguments, code]))!;

            Assert.Contains("download", then["tools"]!.AsArray().Select(tool => (string?)tool));
            Assert.Equal(0, then["jobs"]!.Number("total"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Who_signs_tokens_is_told_and_tokens_for_this_server_are_taken_and_no_others()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "PublicBaseUrl=https://media.example.org",
            $"Jwt:Authority={issuer.Address}",
            $"Jwt:Audience={TestIssuer.Audience}",
            "Jwt:Scopes:0=openid"
        );
        using var http = new HttpClient { BaseAddress = server.Public.BaseAddress };

        var stranger = await CallAsync(http, null);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        var challenge = Assert.Single(stranger.Headers.WwwAuthenticate);
        Assert.Contains(
            $"resource_metadata=\"https://media.example.org{WellKnown}\"",
            challenge.Parameter,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("error", challenge.Parameter, StringComparison.Ordinal);
        var described = JsonNode.Parse(await http.GetStringAsync(WellKnown, Stop))!;
        Assert.Equal("https://media.example.org/mcp", described.Text("resource"));
        Assert.Equal(issuer.Address, (string?)described["authorization_servers"]!.AsArray().Single());
        Assert.Equal("openid", (string?)described["scopes_supported"]!.AsArray().Single());

        string[] good = [TestIssuer.Audience, "https://media.example.org", "https://media.example.org/mcp"];
        string[] bad = ["https://media.example.org.elsewhere.example/mcp", "https://elsewhere.example/mcp"];
        foreach (var audience in good.Concat(bad))
        {
            var answer = await CallAsync(http, issuer.Sign("ada", token => token.Audience = audience));
            Assert.Equal(
                (audience, good.Contains(audience) ? HttpStatusCode.OK : HttpStatusCode.Unauthorized),
                (audience, answer.StatusCode)
            );
        }

        var refused = await CallAsync(http, issuer.Sign("ada", token => token.Audience = bad[0]));
        Assert.Contains(
            "error=\"invalid_token\"",
            Assert.Single(refused.Headers.WwwAuthenticate).Parameter,
            StringComparison.Ordinal
        );
    }

    /// <summary>Clients ask before they try a key; a page in place of an answer would stop them there.</summary>
    [Fact]
    public async Task Without_an_issuer_there_is_nothing_to_find()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        using var http = new HttpClient { BaseAddress = server.Public.BaseAddress };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(WellKnown, Stop)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await http.GetAsync("/.well-known/oauth-authorization-server", Stop)).StatusCode
        );
        var challenge = Assert.Single((await CallAsync(http, null)).Headers.WwwAuthenticate);
        Assert.Equal("realm=\"decant\"", challenge.Parameter);
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient http, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}""",
                null,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, Stop);
    }
}
