using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public abstract class KeyTests(DecantServer server)
{
    private const string Keys = $"{Person.Auth}/api-keys";

    [Fact]
    public async Task A_key_is_shown_once_and_lists_show_what_is_known_of_it()
    {
        var ada = await Person.RegisterAsync(server);
        var made = await (
            await ada.Http.PostAsJsonAsync(
                Keys,
                new
                {
                    name = "Laptop",
                    scopes = new[] { "media:write", "media:read" },
                    expires_in_days = 30,
                }
            )
        ).ReadOkAsync();
        using var http = server.Public.BaseAddress!.WithToken(made.Text("key"));
        await (await http.GetAsync("/api/v1/video/formats")).ReadOkAsync();

        var list = await (await ada.Http.GetAsync(Keys)).ReadOkAsync();

        Assert.StartsWith("ap_", made.Text("key"));
        var shown = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal("Laptop", shown.Text("name"));
        Assert.StartsWith(shown.Text("prefix"), made.Text("key"));
        Assert.Equal(["media:read", "media:write"], shown["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal(30, ((DateTimeOffset)shown["expires_at"]! - (DateTimeOffset)shown["created_at"]!).TotalDays);
        Assert.True(shown.AsObject().ContainsKey("last_used_at"));
        Assert.DoesNotContain(made.Text("key"), list.ToJsonString());
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_nobody_revokes_anothers()
    {
        var ada = await Person.RegisterAsync(server);
        var mallory = await Person.RegisterAsync(server);
        var (http, key) = await ada.KeyAsync("account:read");
        var path = $"{Keys}/{key.Number("id")}";

        await (await mallory.Http.DeleteAsync(path)).ReadProblemAsync(404, "not_found");
        await (await http.MeAsync()).ReadOkAsync();
        var revoked = await (await ada.Http.DeleteAsync(path)).ReadOkAsync();

        Assert.NotNull(revoked["revoked_at"]);
        await (await http.MeAsync()).ReadProblemAsync(403, "key_revoked");
        await (await ada.Http.DeleteAsync(path)).ReadOkAsync();
        Assert.Equal(["account_created", "key_created", "key_revoked"], await server.AuditOfAsync(ada.Id));
    }

    [Fact]
    public async Task A_key_made_without_a_word_about_scopes_may_do_everything_but_administer()
    {
        var key = await (await server.Http.PostAsJsonAsync(Keys, new { name = "Plain" })).ReadOkAsync();
        using var http = server.Public.BaseAddress!.WithKey(key.Text("key"));

        await (await http.MeAsync()).ReadOkAsync();
        var problem = await (await http.GetAsync($"{Person.Admin}/users")).ReadProblemAsync(403, "forbidden");

        Assert.Equal("admin", problem.Text("required_scope"));
    }

    [Theory]
    [InlineData("media:read", 403)]
    [InlineData("*", 403)]
    [InlineData("account:write", 200)]
    public async Task A_key_gives_no_scope_that_it_has_not_itself(string scope, int status)
    {
        var ada = await Person.RegisterAsync(server);
        var (maker, _) = await ada.KeyAsync("account:write");

        var answer = await maker.PostAsJsonAsync(Keys, new { name = "Child", scopes = new[] { scope } });

        if (status == 200)
        {
            await answer.ReadOkAsync();
        }
        else
        {
            var problem = await answer.ReadProblemAsync(status, "forbidden");
            Assert.Equal(scope, problem.Text("required_scope"));
        }
    }

    [Fact]
    public async Task Nobody_but_an_administrator_makes_an_administrators_key()
    {
        var ada = await Person.RegisterAsync(server);

        var answer = await ada.Http.PostAsJsonAsync(Keys, new { name = "Root", scopes = new[] { "admin" } });

        await answer.ReadProblemAsync(403, "forbidden");
        var (everything, _) = await ada.KeyAsync("*");
        await (await everything.GetAsync($"{Person.Admin}/users")).ReadProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_key_makes_none_that_outlives_it()
    {
        var ada = await Person.RegisterAsync(server);
        var made = await (
            await ada.Http.PostAsJsonAsync(
                Keys,
                new
                {
                    name = "Short",
                    scopes = new[] { "account:write" },
                    expires_in_days = 2,
                }
            )
        ).ReadOkAsync();
        using var maker = server.Public.BaseAddress!.WithKey(made.Text("key"));

        var child = await (await maker.PostAsJsonAsync(Keys, new { name = "Child" })).ReadOkAsync();
        var longer = await maker.PostAsJsonAsync(Keys, new { name = "Longer", expires_in_days = 3 });

        Assert.Equal(made.Text("expires_at"), child.Text("expires_at"));
        Assert.NotNull((await longer.ReadProblemAsync(400, "invalid_request"))["errors"]!["expires_in_days"]);
    }

    [Theory]
    [InlineData("""{"scopes": ["media:read"]}""", "name")]
    [InlineData("""{"name": "  "}""", "name")]
    [InlineData("""{"name": "a", "scopes": []}""", "scopes")]
    [InlineData("""{"name": "a", "scopes": ["media:read", "media:all"]}""", "scopes")]
    [InlineData("""{"name": "a", "scopes": [null]}""", "scopes")]
    [InlineData("""{"name": "a", "expires_in_days": 0}""", "expires_in_days")]
    [InlineData("""{"name": "a", "expires_in_days": 100000}""", "expires_in_days")]
    public async Task What_means_nothing_is_refused_by_the_fields_name(string body, string field)
    {
        var ada = await Person.RegisterAsync(server);

        var answer = await ada.Http.PostAsJsonAsync(Keys, JsonNode.Parse(body));

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]![field]);
        if (body.Contains("media:all"))
        {
            Assert.Contains("'media:all'", problem.Text("detail"));
            Assert.Contains(
                "media:read, media:write, account:read, account:write, webhooks, admin, *",
                problem.Text("detail")
            );
        }
    }
}

public sealed class KeysOnSqlite(OpenServerOn<Sqlite> on) : KeyTests(on.Server), IClassFixture<OpenServerOn<Sqlite>>;

public sealed class KeysOnPostgres(OpenServerOn<Postgres> on)
    : KeyTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
