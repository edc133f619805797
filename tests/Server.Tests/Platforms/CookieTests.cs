using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Server.Data;
using Decant.Server.Platforms.Cookies;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using static Decant.Server.Tests.Platforms.CookieFlow;

namespace Decant.Server.Tests.Platforms;

public abstract class CookieTests(DecantServer server)
{
    [Fact]
    public async Task A_private_post_opens_with_its_members_cookie_and_stays_shut_for_everybody_else()
    {
        var (ada, bob) = (await Person.RegisterAsync(server), await Person.RegisterAsync(server));
        await (await LookUpAsync(ada.Http, Private)).ReadProblemAsync(403, "login_required");

        await (await PutAsync(ada.Http, Netscape)).ReadOkAsync();

        var info = await (await LookUpAsync(ada.Http, Private)).ReadOkAsync();
        Assert.Equal("Cgated00001", info.Text("video_id"));
        await (await LookUpAsync(bob.Http, Private)).ReadProblemAsync(403, "login_required");
        await (
            await server.Public.PostAsJsonAsync("/api/v1/video/public/info", new { url = Private })
        ).ReadProblemAsync(403, "login_required");
    }

    [Fact]
    public async Task A_job_uses_its_owners_cookies()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape)).ReadOkAsync();

        var id = await ada.Http.StartAsync(new { url = Private, audio_only = true });

        var job = await ada.Http.CompletionOfAsync(id);
        Assert.Equal("instagram", job.Text("platform"));
        Assert.True(job.Number("file_size") > 0);
    }

    [Fact]
    public async Task What_was_found_with_somebodys_cookies_says_whose_it_is()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape)).ReadOkAsync();
        var page = await server.Get<AccountCookies>().PageAsync(ada.Id, new Uri(Private), CancellationToken.None);

        var info = await server.Get<MediaEngine>().InspectAsync(page, new InspectOptions(), CancellationToken.None);

        Assert.NotNull(info.Scope);
        Assert.Equal(page.Identity?.Scope, info.Scope);
    }

    [Fact]
    public async Task Cookies_are_never_shown_again_and_lie_encrypted()
    {
        var ada = await Person.RegisterAsync(server);
        var kept = await (await PutAsync(ada.Http, Netscape.Replace("lab", "Zq7secret"))).ReadOkAsync();
        Assert.Equal(1, kept.Number("ignored"));

        var shown = await (await ada.Http.GetAsync(Cookies)).ReadOkAsync();

        var one = Assert.Single(shown["items"]!.AsArray())!;
        Assert.Equal("instagram", one.Text("platform"));
        Assert.True((bool)one["valid"]!);
        Assert.Equal("2100-01-01T00:00:00Z", one.Text("expires_at"));
        Assert.Equal(2, one.Number("count"));
        Assert.DoesNotContain("Zq7secret", kept.ToJsonString() + shown.ToJsonString(), StringComparison.Ordinal);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var stored = await db.PlatformCookies.SingleAsync(row => row.AccountId == ada.Id);
        Assert.DoesNotContain("Zq7secret", stored.Cookies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_says_that_cookies_came_and_went_and_nothing_of_them()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape.Replace("lab", "Zq7secret"))).ReadOkAsync();
        await (await ada.Http.DeleteAsync($"{Cookies}?platform=instagram")).ReadOkAsync();

        var trail = await server.AuditEntriesOfAsync(ada.Id);

        Assert.Equal(["cookies_kept", "cookies_forgotten"], trail.Select(one => one.Text("action")).TakeLast(2));
        Assert.All(trail.TakeLast(2), one => Assert.Equal("instagram", one.Text("detail")));
        Assert.DoesNotContain(trail, one => one.ToJsonString().Contains("Zq7secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browsers_array_does_as_well_and_takes_the_place_of_what_was_there()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape.Replace("lab", "wrong"))).ReadOkAsync();
        await (await LookUpAsync(ada.Http, Private)).ReadProblemAsync(403, "login_required");

        await (
            await PutAsync(
                ada.Http,
                new[]
                {
                    new
                    {
                        domain = ".instagram.com",
                        name = "sessionid",
                        value = "lab",
                        expirationDate = 4102444800.5,
                        secure = true,
                    },
                }
            )
        ).ReadOkAsync();

        await (await LookUpAsync(ada.Http, Private)).ReadOkAsync();
    }

    [Fact]
    public async Task Cookies_that_are_taken_back_open_nothing_any_more()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape)).ReadOkAsync();
        await (await LookUpAsync(ada.Http, Private)).ReadOkAsync();

        await (await ada.Http.DeleteAsync($"{Cookies}?platform=instagram")).ReadOkAsync();

        await (await LookUpAsync(ada.Http, Private)).ReadProblemAsync(403, "login_required");
        await (await ada.Http.DeleteAsync($"{Cookies}?platform=instagram")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Cookies_without_the_one_that_signs_in_are_kept_and_not_called_valid()
    {
        var ada = await Person.RegisterAsync(server);

        var kept = await (
            await PutAsync(ada.Http, ".instagram.com\tTRUE\t/\tTRUE\t4102444800\tcsrftoken\tx")
        ).ReadOkAsync();

        Assert.False((bool)kept["cookies"]!["valid"]!);
    }

    [Theory]
    [InlineData("instagram", "\"nonsense Zq7secret\"", "cookies", "Line 1")]
    [InlineData("instagram", "\".example.org\\tTRUE\\t/\\tTRUE\\t0\\ta\\tZq7secret\"", "cookies", "0 are instagram's")]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t1\\tsessionid\\tZq7secret\"",
        "cookies",
        "not expired"
    )]
    [InlineData(
        "instagram",
        "[{\"domain\": \".instagram.com\", \"name\": \"a\\r\\nb\", \"value\": \"Zq7secret\"}]",
        "cookies[0]",
        "no cookie"
    )]
    // Another header, another cookie, or what breaks a file of cookies.
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsessionid\\tZq7secret\\rX-Injected: 1\"",
        "cookies",
        "Line 1"
    )]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsessionid\\tZq7secret\\u0000\"",
        "cookies",
        "Line 1"
    )]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsessionid\\tZq7secret; other=1\"",
        "cookies",
        "Line 1"
    )]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsessionid\\tZq7secret\\u202e\\ud83e\\udda6\"",
        "cookies",
        "Line 1"
    )]
    [InlineData("instagram", "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsession id\\tZq7secret\"", "cookies", "Line 1")]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\u001b[2J\\tTRUE\\t0\\tsessionid\\tZq7secret\"",
        "cookies",
        "Line 1"
    )]
    [InlineData(
        "instagram",
        "\".instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tsessionid\\tZq7secret\\n.instagram.com\\tTRUE\\t/\\tTRUE\\t0\\tx\\ty\\tz\"",
        "cookies",
        "Line 2"
    )]
    [InlineData("instagram", "{\"value\": \"Zq7secret\"}", "cookies", "missing")]
    [InlineData("instagram", "null", "cookies", "missing")]
    [InlineData("spotify", "[]", "platform", "'spotify'")]
    [InlineData("other", "[]", "platform", "'other'")]
    public async Task Bad_cookies_are_refused_without_being_repeated(
        string platform,
        string cookies,
        string field,
        string words
    )
    {
        var answer = await server.Http.PutAsync(
            Cookies,
            new StringContent($$"""{"platform": "{{platform}}", "cookies": {{cookies}}}""", null, "application/json")
        );

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]![field]);
        Assert.Contains(words, problem.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Zq7secret", problem.ToJsonString(), StringComparison.Ordinal);
    }
}

[Collection<CookieServers<Sqlite>>]
public sealed class CookiesOnSqlite(OpenServerOn<Sqlite> on) : CookieTests(on.Server);

[Collection<CookieServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class CookiesOnPostgres(OpenServerOn<Postgres> on) : CookieTests(on.Server);
