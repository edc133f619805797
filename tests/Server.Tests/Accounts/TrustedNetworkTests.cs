using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public sealed class TrustedNetworkTests
{
    private const string Everywhere = "Accounts:TrustedNetworks:0=127.0.0.0/8";
    private const string Home = "Accounts:TrustedNetworks:0=192.168.1.0/24";
    private const string Administrator = "Accounts:TrustedAs=administrator@localhost";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_from_a_trusted_network_is_that_account_without_signing_in()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(Everywhere, Administrator);

        var me = await (await server.Public.MeAsync()).ReadOkAsync();
        // Accepted, watched on an open stream, and paid for from the credits, as a session would.
        var job = await server.Public.CompletionOfAsync(
            await server.Public.StartAsync(new { url = server.Origin("media/small.mp4?home"), format = "m4a" })
        );

        Assert.Equal("administrator@localhost", me.Text("email"));
        Assert.Equal("credits", job.Text("billed_to"));
        await (await server.Public.GetAsync($"{Person.Admin}/users", Stop)).ReadOkAsync();
    }

    [Fact]
    public async Task Unless_it_is_set_nobody_is_let_in_and_a_credential_that_is_wrong_stays_wrong()
    {
        await using var closed = await DecantServer.StartAsync<Sqlite>();
        await using var open = await DecantServer.StartAsync<Sqlite>(Everywhere, Administrator);
        using var wrong = open.Public.BaseAddress!.WithKey("ap_nobody_has_this");

        await (await closed.Public.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await wrong.MeAsync()).ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.168.1.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=192.168.1.7")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_forwards_that_is_not_trusted_is_let_in_for_no_address(string header, string value)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(Everywhere, Administrator);

        var answer = await AskAsync(server, (header, value));

        await answer.ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("192.168.1.7", true)]
    [InlineData("203.0.113.9", false)]
    // A proxy at home that is not trusted forwards a stranger.
    [InlineData("203.0.113.9, 192.168.1.7", false)]
    // A stranger writes an address of the home in front.
    [InlineData("192.168.1.7, 203.0.113.9", false)]
    public async Task Behind_a_trusted_proxy_the_address_it_reports_counts(string forwardedFor, bool isLetIn)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            Home,
            "Accounts:TrustedNetworks:1=127.0.0.0/8",
            Administrator,
            "Proxies:Trusted:0=127.0.0.1"
        );

        var answer = await AskAsync(server, ("X-Forwarded-For", forwardedFor), ("X-Real-IP", "192.168.1.7"));
        var proxyItself = await AskAsync(server);

        Assert.Equal(isLetIn ? 200 : 401, (int)answer.StatusCode);
        await proxyItself.ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Pages_of_other_sites_cannot_use_the_trust_of_those_who_look_at_them()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(Everywhere, Administrator);

        var embedded = await AskAsync(server, ("Sec-Fetch-Site", "cross-site"));
        var other = await AskAsync(server, ("Origin", "https://other.example"));
        // A public name that its owner has pointed here is of the same site for the browser.
        var rebound = await AskAsync(server, ("Host", "rebound.example"));
        var own = await AskAsync(server, ("Host", "nas.local:8080"), ("Sec-Fetch-Site", "same-origin"));

        await embedded.ReadProblemAsync(403, "forbidden");
        await other.ReadProblemAsync(403, "forbidden");
        await rebound.ReadProblemAsync(401, "unauthenticated");
        await own.ReadOkAsync();
    }

    [Fact]
    public async Task An_account_that_is_missing_or_disabled_lets_nobody_in()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            Everywhere,
            "Accounts:TrustedAs=home@example.org"
        );
        await (await server.Public.MeAsync()).ReadProblemAsync(401, "unauthenticated");

        var made = await (
            await server.PostAsync(
                $"{Person.Admin}/users",
                new { email = "home@example.org", password = "river otter lantern" }
            )
        ).ReadOkAsync();
        var me = await (await server.Public.MeAsync()).ReadOkAsync();
        await server.PostAsync($"{Person.Admin}/users/{made.Number("id")}/disable", new { });

        Assert.Equal("home@example.org", me.Text("email"));
        await (await server.Public.GetAsync($"{Person.Admin}/users", Stop)).ReadProblemAsync(403, "forbidden");
        await (await server.Public.MeAsync()).ReadProblemAsync(403, "forbidden");
    }

    private static async Task<HttpResponseMessage> AskAsync(
        DecantServer server,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Person.Auth}/me");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await server.Public.SendAsync(request, Stop);
    }
}
