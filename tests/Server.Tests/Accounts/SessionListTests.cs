using System.Net;
using System.Net.Http.Json;
using Decant.Server.Accounts.Browser;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public abstract class SessionListTests(DecantServer server)
{
    private const string Sessions = $"{Person.Auth}/sessions";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_sees_where_they_are_signed_in_and_ends_one_of_it()
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = await BrowserOfAsync(ada);

        var listed = await (await browser.GetAsync(Sessions, Stop)).ReadOkAsync();

        var sessions = listed["items"]!.AsArray();
        Assert.Equal(
            [("browser", true, "Firefox"), ("token", false, null)],
            sessions.Select(one => (one!.Text("kind"), (bool)one!["current"]!, (string?)one["user_agent"]))
        );
        Assert.All(sessions, one => Assert.Equal("127.0.0.1", one!.Text("address")));
        // No word of the secrets that the sessions are.
        Assert.DoesNotContain("cs_", listed.ToJsonString(), StringComparison.Ordinal);

        await (await browser.DeleteAsync($"{Sessions}/{sessions[1]!.Text("id")}", Stop)).ReadOkAsync();

        await (await ada.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        await (await browser.MeAsync()).ReadOkAsync();
        Assert.Contains("signed_out", await server.AuditOfAsync(ada.Id));
    }

    [Fact]
    public async Task All_others_end_at_once_and_an_open_stream_with_them()
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = await BrowserOfAsync(ada);
        var again = await ada.SignInAsync(server.Public);
        using var stream = await ada.Http.GetAsync(
            "/api/v1/video/video-download/events",
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );

        var ended = await (await browser.DeleteAsync(Sessions, Stop)).ReadOkAsync();

        Assert.Equal(2, ended.Number("ended"));
        await (await again.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        // The end of the stream, and no more of it.
        await stream.Content.ReadAsStringAsync(Stop).WaitAsync(Quiet.Patience, Stop);
        Assert.Equal(1, (await (await browser.GetAsync(Sessions, Stop)).ReadOkAsync()).Number("total"));
    }

    [Fact]
    public async Task Another_accounts_session_is_not_there_to_be_ended()
    {
        var ada = await Person.RegisterAsync(server);
        var bob = await Person.RegisterAsync(server);
        var of = await (await ada.Http.GetAsync(Sessions, Stop)).ReadOkAsync();

        var answer = await bob.Http.DeleteAsync($"{Sessions}/{of["items"]![0]!.Text("id")}", Stop);

        await answer.ReadProblemAsync(404, "not_found");
        await (await ada.Http.MeAsync()).ReadOkAsync();
    }

    [Fact]
    public async Task A_link_is_listed_until_it_is_used_and_can_be_taken_back()
    {
        var links = server.Get<SignInLinks>();
        var kept = (await links.CreateForAdministratorAsync(Stop))!;
        var used = (await links.CreateForAdministratorAsync(Stop))!;
        await (await server.Public.PostAsJsonAsync($"{Person.Auth}/session", new { link = used }, Stop)).ReadOkAsync();

        var listed = await (await server.Http.GetAsync($"{Sessions}?limit=200", Stop)).ReadOkAsync();
        var waiting = listed["items"]!.AsArray().Where(one => one!.Text("kind") == "link").ToList();
        foreach (var link in waiting)
        {
            await (await server.Http.DeleteAsync($"{Sessions}/{link!.Text("id")}", Stop)).ReadOkAsync();
        }

        Assert.Contains("browser", listed["items"]!.AsArray().Select(one => one!.Text("kind")));
        Assert.NotEmpty(waiting);
        await (
            await server.Public.PostAsJsonAsync($"{Person.Auth}/session", new { link = kept }, Stop)
        ).ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Another_password_in_a_browser_leaves_one_session_and_no_tokens()
    {
        var ada = await Person.RegisterAsync(server);
        using var browser = await BrowserOfAsync(ada);

        var answer = await (
            await browser.PostAsJsonAsync(
                $"{Person.Auth}/change-password",
                new { current_password = ada.Password, new_password = "another otter lantern" },
                Stop
            )
        ).ReadOkAsync();

        Assert.Equal(ada.Email, answer["user"]!.Text("email"));
        Assert.Null(answer["access_token"]);
        Assert.Null(answer["refresh_token"]);
        var session = Assert.Single(
            (await (await browser.GetAsync(Sessions, Stop)).ReadOkAsync())["items"]!.AsArray()
        )!;
        Assert.Equal(("browser", true), (session.Text("kind"), (bool)session["current"]!));
    }

    private async Task<HttpClient> BrowserOfAsync(Person person)
    {
        var browser = new HttpClient(
            new DocumentedAnswers(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        )
        {
            BaseAddress = server.Public.BaseAddress,
            DefaultRequestHeaders = { { "User-Agent", "Firefox" } },
        };
        await (
            await browser.PostAsJsonAsync(
                $"{Person.Auth}/session",
                new { username = person.Email, password = person.Password },
                Stop
            )
        ).ReadOkAsync();
        return browser;
    }
}

public sealed class SessionListOnSqlite(OpenServerOn<Sqlite> on)
    : SessionListTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class SessionListOnPostgres(OpenServerOn<Postgres> on)
    : SessionListTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
