using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public abstract class SignInTests(DecantServer server)
{
    [Fact]
    public async Task E_mail_and_password_give_a_pair_of_tokens_that_work()
    {
        var ada = await Person.RegisterAsync(server);

        var answer = await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();

        Assert.Equal("bearer", answer.Text("token_type"));
        Assert.Equal(1800, answer.Number("expires_in"));
        Assert.Equal(ada.Email, answer["user"]!.Text("email"));
        Assert.Equal("user", answer["user"]!.Text("role"));
        using var http = server.Public.BaseAddress!.WithToken(answer.Text("access_token"));
        Assert.Equal(ada.Id, (await (await http.MeAsync()).ReadOkAsync()).Number("id"));
    }

    [Fact]
    public async Task An_address_may_be_typed_in_any_case_with_spaces_around_it()
    {
        var ada = await Person.RegisterAsync(server);

        await (await server.Public.SignInAsync($"  {ada.Email.ToUpperInvariant()} ", ada.Password)).ReadOkAsync();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer_after_the_same_work()
    {
        var ada = await Person.RegisterAsync(server);
        using var hashes = new Verifications(server);

        var wrong = await Problem(ada.Email);
        var afterWrong = hashes.Count;
        var unknown = await Problem("nobody@example.org");

        Assert.Equal(wrong.Text("detail"), unknown.Text("detail"));
        Assert.Equal(1, afterWrong);
        Assert.Equal(2, hashes.Count);

        async Task<JsonNode> Problem(string name) =>
            await (await server.Public.SignInAsync(name, "not the password")).ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guessing_locks_a_name_for_a_while_whether_anybody_has_it_or_not(bool exists)
    {
        var name = exists ? (await Person.RegisterAsync(server)).Email : $"{Guid.NewGuid():N}@example.org";
        using var hashes = new Verifications(server);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => server.Public.SignInAsync(name, "not the password"))
        );

        Assert.Equal(5, answers.Count(answer => (int)answer.StatusCode == 401));
        Assert.Equal(5, hashes.Count);
        foreach (var refused in answers.Where(answer => (int)answer.StatusCode != 401))
        {
            await refused.ReadProblemAsync(429, "rate_limited");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 14, 15);
        }
    }

    [Fact]
    public async Task A_locked_name_refuses_the_right_password_too_and_goes_on_with_open_sessions()
    {
        var ada = await Person.RegisterAsync(server);
        for (var guess = 0; guess < 5; guess++)
        {
            await server.Public.SignInAsync(ada.Email, "not the password");
        }

        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(429, "rate_limited");

        await (await ada.Http.MeAsync()).ReadOkAsync();
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();
        Assert.Contains("sign_in_locked", await server.AuditOfAsync(ada.Id));
    }

    [Fact]
    public async Task A_stranger_who_guesses_locks_out_nobody_but_himself()
    {
        var ada = await Person.RegisterAsync(server);
        using var stranger = server.Public.BaseAddress!.From("127.0.0.2");
        for (var guess = 0; guess < 5; guess++)
        {
            await (await stranger.SignInAsync(ada.Email, "not the password")).ReadProblemAsync(401, "unauthenticated");
        }

        await (await stranger.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(429, "rate_limited");
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();

        // That somebody else knows it does not set him free.
        await (await stranger.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task A_password_is_changed_in_a_session_whatever_is_guessed_outside()
    {
        var ada = await Person.RegisterAsync(server);
        for (var guess = 0; guess < 6; guess++)
        {
            await server.Public.SignInAsync(ada.Email, "not the password");
        }

        var wrong = await ada.Http.PostAsJsonAsync(
            $"{Person.Auth}/change-password",
            new { current_password = "not the password", new_password = "another otter lantern" }
        );
        await wrong.ReadProblemAsync(400, "invalid_request");
        var right = await ada.Http.PostAsJsonAsync(
            $"{Person.Auth}/change-password",
            new { current_password = ada.Password, new_password = "another otter lantern" }
        );
        await right.ReadOkAsync();
    }

    [Fact]
    public async Task Wrong_passwords_in_a_session_lock_the_change_there_and_never_the_sign_in()
    {
        var ada = await Person.RegisterAsync(server);
        for (var guess = 0; guess < 5; guess++)
        {
            await (await ChangeAsync("not the password")).ReadProblemAsync(400, "invalid_request");
        }

        await (await ChangeAsync(ada.Password)).ReadProblemAsync(429, "rate_limited");

        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();
        await (await ada.Http.MeAsync()).ReadOkAsync();

        Task<HttpResponseMessage> ChangeAsync(string current) =>
            ada.Http.PostAsJsonAsync(
                $"{Person.Auth}/change-password",
                new { current_password = current, new_password = "another otter lantern" }
            );
    }

    [Fact]
    public async Task Wrong_passwords_are_summed_by_the_address_that_they_came_from()
    {
        var ada = await Person.RegisterAsync(server);
        using var stranger = server.Public.BaseAddress!.From("127.0.0.4");
        for (var guess = 0; guess < 7; guess++)
        {
            await stranger.SignInAsync(ada.Email, "not the password");
        }

        await server.Public.SignInAsync(ada.Email, "not the password");
        await server.Public.SignInAsync(ada.Email, "not the password");
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();

        var entries = await server.AuditEntriesOfAsync(ada.Id);
        Assert.Equal(
            [
                "127.0.0.4 sign_in_failed ",
                "127.0.0.4 sign_in_locked 5 wrong passwords",
                "127.0.0.1 sign_in_failed ",
                "127.0.0.1 signed_in After 2 wrong passwords",
            ],
            entries
                .Skip(1)
                .Select(entry => $"{entry.Text("address")} {entry.Text("action")} {(string?)entry["detail"]}")
        );
    }

    [Fact]
    public async Task Wrong_passwords_are_summed_in_the_audit_trail()
    {
        var ada = await Person.RegisterAsync(server);
        for (var guess = 0; guess < 4; guess++)
        {
            await server.Public.SignInAsync(ada.Email, "not the password");
        }

        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();
        for (var guess = 0; guess < 9; guess++)
        {
            await server.Public.SignInAsync(ada.Email, "not the password");
        }

        var entries = await server.AuditEntriesOfAsync(ada.Id);
        Assert.Equal(
            [
                "account_created ",
                "sign_in_failed ",
                "signed_in After 4 wrong passwords",
                "sign_in_failed ",
                "sign_in_locked 5 wrong passwords",
            ],
            entries
                .Select(entry => $"{entry.Text("action")} {(string?)entry["detail"]}")
                .Select(line =>
                    line.StartsWith("account_created", StringComparison.Ordinal) ? "account_created " : line
                )
        );
    }

    [Fact]
    public async Task Names_that_nobody_has_leave_one_line_of_an_address()
    {
        using var stranger = server.Public.BaseAddress!.From("127.0.0.3");
        for (var name = 0; name < 12; name++)
        {
            await (await stranger.SignInAsync($"nobody-{name}@example.org", "guess")).ReadProblemAsync(
                401,
                "unauthenticated"
            );
        }

        var page = await (
            await server.Http.GetAsync($"{Person.Admin}/audit?action=sign_in_failed&limit=200")
        ).ReadOkAsync();
        Assert.Single(page["items"]!.AsArray(), entry => entry!.Text("address") == "127.0.0.3");
    }

    [Fact]
    public async Task The_right_password_wipes_the_count_of_wrong_ones()
    {
        var ada = await Person.RegisterAsync(server);
        for (var round = 0; round < 2; round++)
        {
            for (var guess = 0; guess < 4; guess++)
            {
                await (await server.Public.SignInAsync(ada.Email, "not the password")).ReadProblemAsync(
                    401,
                    "unauthenticated"
                );
            }

            await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();
        }
    }

    [Theory]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("\ud83e\udda6@example.org")]
    public async Task Whatever_is_typed_for_a_name_it_is_a_wrong_one_and_locks_as_one(string name)
    {
        for (var guess = 0; guess < 5; guess++)
        {
            await (await server.Public.SignInAsync(name, "not the password")).ReadProblemAsync(401, "unauthenticated");
        }

        await (await server.Public.SignInAsync(name, "not the password")).ReadProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task What_is_no_form_with_both_fields_is_400_with_the_field()
    {
        var json = await server.Public.PostAsJsonAsync($"{Person.Auth}/token", new { username = "a", password = "b" });
        var problem = await json.ReadProblemAsync(400, "invalid_request");
        Assert.Contains("application/x-www-form-urlencoded", problem.Text("detail"));

        var half = await (await server.Public.SignInAsync("ada@example.org", "")).ReadProblemAsync(
            400,
            "invalid_request"
        );
        Assert.NotNull(half["errors"]!["password"]);

        await (await server.Public.SignInAsync("\0", "\0")).ReadProblemAsync(400, "invalid_request");
        using var many = new StringContent(string.Join('&', Enumerable.Range(0, 2000).Select(field => $"f{field}=1")));
        many.Headers.ContentType = new("application/x-www-form-urlencoded");
        await (await server.Public.PostAsync($"{Person.Auth}/token", many)).ReadProblemAsync(400, "invalid_request");
    }
}

// Each counts the hashes of its own server: no other test may sign in meanwhile, and those of one class do not.
public sealed class SignInOnSqlite(OpenServerOn<Sqlite> on)
    : SignInTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class SignInOnPostgres(OpenServerOn<Postgres> on)
    : SignInTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
