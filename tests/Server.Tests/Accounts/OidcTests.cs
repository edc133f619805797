using System.Net;
using System.Net.Sockets;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

/// <summary>Sign-in through a provider, as a browser goes through it.</summary>
public abstract class OidcTests<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private const string Begin = $"{Person.Auth}/oidc";

    private OidcProvider? _provider;
    private DecantServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The provider wants to know the server's address, and the server the provider's.
        var port = Ports.Take();
        _provider = await OidcProvider.StartAsync($"http://127.0.0.1:{port}{Begin}/callback");
        _server = await DecantServer.StartAsync<TDatabase>(
            $"urls=http://127.0.0.1:{port}",
            "Accounts:AllowSignUp=true",
            $"Oidc:Authority={_provider.Address}",
            $"Oidc:ClientId={OidcProvider.ClientId}",
            $"Oidc:ClientSecret={OidcProvider.ClientSecret}",
            "Oidc:Name=Example Corp",
            "Oidc:RoleClaim=roles",
            "Oidc:AdministratorRole=decant-admin"
        );
    }

    public async ValueTask DisposeAsync()
    {
        // Neither is there where node is missing and the test is skipped.
        if (_provider is not null)
        {
            await _server.DisposeAsync();
            _provider.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Somebody_whom_the_provider_knows_comes_back_with_a_session_to_the_room_they_came_from()
    {
        using var browser = new SignInBrowser(_server.Public.BaseAddress!);

        var last = await browser.SignInAsync("ada", "/library");

        Assert.Equal("/library", last.RequestUri!.PathAndQuery);
        var me = await (await browser.Http.MeAsync()).ReadOkAsync();
        Assert.Equal(("ada@example.org", "ada", "user"), (me.Text("email"), me.Text("full_name"), me.Text("role")));
        var cookie = Assert.Single(browser.SessionCookies);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["account_created", "identity_linked", "signed_in"], await _server.AuditOfAsync(me.Number("id")));

        // The same person is the same account, and nothing else of the provider is a credential here.
        using var again = new SignInBrowser(_server.Public.BaseAddress!);
        await again.SignInAsync("ada", "/");
        Assert.Equal(me.Number("id"), (await (await again.Http.MeAsync()).ReadOkAsync()).Number("id"));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    // Browsers leave the tab out.
    [InlineData("/\t/elsewhere.example/")]
    public async Task Nobody_is_led_to_another_site_by_a_link_to_the_sign_in(string elsewhere)
    {
        using var browser = new SignInBrowser(_server.Public.BaseAddress!);

        var last = await browser.SignInAsync("ada", elsewhere);

        Assert.Equal(new Uri(_server.Public.BaseAddress!, "/"), last.RequestUri);
    }

    [Fact]
    public async Task The_claim_makes_an_administrator_and_a_sign_in_without_it_a_user_again()
    {
        using var root = new SignInBrowser(_server.Public.BaseAddress!);
        await root.SignInAsync("root", "/");
        var me = await (await root.Http.MeAsync()).ReadOkAsync();
        Assert.Equal("administrator", me.Text("role"));

        using var ada = new SignInBrowser(_server.Public.BaseAddress!);
        await ada.SignInAsync("ada", "/");
        var id = (await (await ada.Http.MeAsync()).ReadOkAsync()).Number("id");
        using var role = new StringContent("""{"role": "administrator"}""", null, "application/json");
        await (await _server.Http.PutAsync($"{Person.Admin}/users/{id}/role", role, Stop)).ReadOkAsync();
        using var again = new SignInBrowser(_server.Public.BaseAddress!);
        await again.SignInAsync("ada", "/");

        Assert.Equal("user", (await (await again.Http.MeAsync()).ReadOkAsync()).Text("role"));
    }

    [Fact]
    public async Task A_disabled_account_gets_no_session_and_a_torn_callback_none_either()
    {
        using var first = new SignInBrowser(_server.Public.BaseAddress!);
        await first.SignInAsync("ada", "/");
        var id = (await (await first.Http.MeAsync()).ReadOkAsync()).Number("id");
        await (await _server.PostAsync($"{Person.Admin}/users/{id}/disable", new { })).ReadOkAsync();

        using var second = new SignInBrowser(_server.Public.BaseAddress!);
        var refused = await second.SignInAsync("ada", "/");
        using var forger = new SignInBrowser(_server.Public.BaseAddress!);
        var torn = await forger.FollowAsync($"{Begin}/callback?code=made-up&state=made-up");

        Assert.Equal("/sign-in?oidc=refused", refused.RequestUri!.PathAndQuery);
        Assert.Equal("/sign-in?oidc=failed", torn.RequestUri!.PathAndQuery);
        Assert.Empty(second.SessionCookies);
        Assert.Empty(forger.SessionCookies);
    }

    [Theory]
    [InlineData("https://elsewhere.example.org/")]
    [InlineData("//elsewhere.example.org/")]
    [InlineData("/\\elsewhere.example.org/")]
    public async Task Nobody_is_sent_to_another_site_afterwards(string address)
    {
        using var browser = new SignInBrowser(_server.Public.BaseAddress!);

        var last = await browser.SignInAsync("ada", address);

        Assert.Equal(_server.Public.BaseAddress, last.RequestUri);
    }

    [Fact]
    public async Task The_page_is_told_the_providers_name_and_one_that_is_down_is_named()
    {
        var about = await (await _server.Public.GetAsync("/api/v1/server", Stop)).ReadOkAsync();
        Assert.Equal("Example Corp", about.Text("oidc"));

        await using var alone = await DecantServer.StartAsync<Sqlite>(
            "Oidc:Authority=http://127.0.0.1:9",
            "Oidc:ClientId=decant"
        );
        await (await alone.Public.GetAsync(Begin, Stop)).ReadProblemAsync(503, "issuer_unreachable");
        await using var without = await DecantServer.StartAsync<Sqlite>();
        await (await without.Public.GetAsync(Begin, Stop)).ReadProblemAsync(404, "not_found");
        Assert.Null((await (await without.Public.GetAsync("/api/v1/server", Stop)).ReadOkAsync())["oidc"]);
    }
}

public sealed class OidcOnSqlite : OidcTests<Sqlite>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class OidcOnPostgres : OidcTests<Postgres>;
