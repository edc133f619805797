using System.Net;
using System.Net.Http.Json;
using Decant.Server.Accounts.Browser;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Decant.Server.Tests.Accounts;

public abstract class BrowserSessionTests(DecantServer server)
{
    private const string Session = $"{Person.Auth}/session";

    [Fact]
    public async Task A_browser_signs_in_by_password_and_its_cookie_is_for_the_server_alone()
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = Browser();

        var answer = await browser.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password });

        Assert.Equal(ada.Email, (await answer.ReadOkAsync()).Text("email"));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        // No secret in the body: a script can read that.
        Assert.DoesNotContain("cs_", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ada.Id, (await (await browser.MeAsync()).ReadOkAsync()).Number("id"));
    }

    [Fact]
    public async Task A_key_that_may_do_everything_begins_a_session_and_a_lesser_one_does_not()
    {
        var ada = await Person.RegisterAsync(server);
        var (_, whole) = await ada.KeyAsync("*");
        var (_, lesser) = await ada.KeyAsync("media:read");
        using var browser = Browser();

        await (await browser.PostAsJsonAsync(Session, new { api_key = lesser.Text("key") })).ReadProblemAsync(
            403,
            "forbidden"
        );
        await (await browser.PostAsJsonAsync(Session, new { api_key = whole.Text("key") })).ReadOkAsync();

        await (await browser.MeAsync()).ReadOkAsync();
    }

    [Fact]
    public async Task A_key_that_is_revoked_takes_the_session_it_began_along_and_no_other()
    {
        var ada = await Person.RegisterAsync(server);
        var (_, key) = await ada.KeyAsync("*");
        using var byKey = Browser();
        using var byPassword = Browser();
        await (await byKey.PostAsJsonAsync(Session, new { api_key = key.Text("key") })).ReadOkAsync();
        await (
            await byPassword.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password })
        ).ReadOkAsync();

        await (await byPassword.DeleteAsync($"{Person.Auth}/api-keys/{key.Number("id")}")).ReadOkAsync();

        await (await byKey.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await byPassword.MeAsync()).ReadOkAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_a_copy_of_its_cookie()
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = Browser(out var jar);
        await (
            await browser.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password })
        ).ReadOkAsync();
        using var copy = Browser(out var copied);
        copied.Add(jar.GetCookies(server.Public.BaseAddress!));

        await (await browser.DeleteAsync(Session)).ReadOkAsync();

        await (await browser.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await copy.MeAsync()).ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Another_password_ends_every_other_session()
    {
        var ada = await Person.RegisterAsync(server);
        using var here = Browser();
        using var there = Browser();
        foreach (var browser in (HttpClient[])[here, there])
        {
            await (
                await browser.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password })
            ).ReadOkAsync();
        }

        var change = new { current_password = ada.Password, new_password = "another otter lantern" };
        await (await here.PostAsJsonAsync($"{Person.Auth}/change-password", change)).ReadOkAsync();

        await (await here.MeAsync()).ReadOkAsync();
        await (await there.MeAsync()).ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example.org")]
    [InlineData("Origin", "null")]
    public async Task Another_sites_page_gets_nothing_with_the_cookie(string header, string value)
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = Browser();
        await (
            await browser.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password })
        ).ReadOkAsync();

        foreach (var path in (string[])[$"{Person.Auth}/me", "/api/v1/video/video-download/events"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { header, value } } };
            await (await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).ReadProblemAsync(
                403,
                "forbidden"
            );
        }
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task The_page_itself_and_an_address_that_was_typed_are_served(string site)
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = Browser();
        await (
            await browser.PostAsJsonAsync(Session, new { username = ada.Email, password = ada.Password })
        ).ReadOkAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Person.Auth}/me")
        {
            Headers = { { "Sec-Fetch-Site", site } },
        };

        await (await browser.SendAsync(request)).ReadOkAsync();
    }

    [Fact]
    public async Task A_link_signs_the_administrator_in_once()
    {
        var link = await server.Services.GetRequiredService<SignInLinks>().CreateForAdministratorAsync(default);
        using var browser = Browser();
        using var second = Browser();

        var me = await (await browser.PostAsJsonAsync(Session, new { link })).ReadOkAsync();

        Assert.Equal("administrator", me.Text("role"));
        await (await browser.MeAsync()).ReadOkAsync();
        await (await second.PostAsJsonAsync(Session, new { link })).ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task The_secrets_of_cookies_and_links_are_no_refresh_tokens_and_no_keys()
    {
        var link = await server.Services.GetRequiredService<SignInLinks>().CreateForAdministratorAsync(default);
        using var browser = server.Public.BaseAddress!.WithKey(link!);

        await (await server.Public.RefreshAsync(link!)).ReadProblemAsync(401, "unauthenticated");
        await (await browser.MeAsync()).ReadProblemAsync(401, "unauthenticated");
    }

    private HttpClient Browser() => Browser(out _);

    private HttpClient Browser(out CookieContainer jar)
    {
        jar = new CookieContainer();
        return new HttpClient(new DocumentedAnswers(new HttpClientHandler { CookieContainer = jar }))
        {
            BaseAddress = server.Public.BaseAddress,
        };
    }
}

public sealed class BrowserSessionsOnSqlite(OpenServerOn<Sqlite> on)
    : BrowserSessionTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class BrowserSessionsOnPostgres(OpenServerOn<Postgres> on)
    : BrowserSessionTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
