using System.Net.Http.Json;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Tests.Accounts;

public abstract class SessionTests(DecantServer server)
{
    [Fact]
    public async Task A_refresh_token_gives_a_new_pair_that_works()
    {
        var ada = await Person.RegisterAsync(server);

        var next = await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();

        Assert.NotEqual(ada.RefreshToken, next.Text("refresh_token"));
        using var http = server.Public.BaseAddress!.WithToken(next.Text("access_token"));
        await (await http.MeAsync()).ReadOkAsync();
        await (await server.Public.RefreshAsync(next.Text("refresh_token"))).ReadOkAsync();
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_its_whole_family_and_no_other()
    {
        var ada = await Person.RegisterAsync(server);
        var elsewhere = await ada.SignInAsync(server.Public);
        var second = await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();
        var third = await (await server.Public.RefreshAsync(second.Text("refresh_token"))).ReadOkAsync();

        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadProblemAsync(401, "unauthenticated");

        await (await server.Public.RefreshAsync(third.Text("refresh_token"))).ReadProblemAsync(401, "unauthenticated");
        using var thief = server.Public.BaseAddress!.WithToken(third.Text("access_token"));
        await (await thief.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await elsewhere.Http.MeAsync()).ReadOkAsync();
        await (await server.Public.RefreshAsync(elsewhere.RefreshToken)).ReadOkAsync();
        Assert.Contains("refresh_token_reused", await server.AuditOfAsync(ada.Id));
    }

    [Fact]
    public async Task Another_email_address_ends_all_other_sessions_and_another_name_none()
    {
        var ada = await Person.RegisterAsync(server);
        var elsewhere = await ada.SignInAsync(server.Public);
        await (await ada.Http.PatchAsJsonAsync($"{Person.Auth}/me", new { full_name = "Ada King" })).ReadOkAsync();
        await (await elsewhere.Http.MeAsync()).ReadOkAsync();

        var moved = new { email = $"moved-{ada.Email}", current_password = ada.Password };
        await (await ada.Http.PatchAsJsonAsync($"{Person.Auth}/me", moved)).ReadOkAsync();

        await (await elsewhere.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.RefreshAsync(elsewhere.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        await (await ada.Http.MeAsync()).ReadOkAsync();
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();
    }

    [Fact]
    public async Task Of_many_who_use_one_refresh_token_at_once_at_most_one_is_served_and_the_family_ends()
    {
        var ada = await Person.RegisterAsync(server);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => server.Public.RefreshAsync(ada.RefreshToken))
        );

        var served = answers.Where(answer => answer.IsSuccessStatusCode).ToList();
        var next = await Assert.Single(served).ReadOkAsync();
        await (await server.Public.RefreshAsync(next.Text("refresh_token"))).ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rt_nobodys")]
    public async Task What_is_no_refresh_token_is_refused(string token)
    {
        var answer = await server.Public.RefreshAsync(token);

        await (
            token.Length == 0
                ? answer.ReadProblemAsync(400, "invalid_request")
                : answer.ReadProblemAsync(401, "unauthenticated")
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_out_ends_the_session_with_both_its_tokens(bool byRefreshToken)
    {
        var ada = await Person.RegisterAsync(server);
        var elsewhere = await ada.SignInAsync(server.Public);

        var answer = byRefreshToken
            ? await server.Public.PostAsJsonAsync($"{Person.Auth}/logout", new { refresh_token = ada.RefreshToken })
            : await ada.Http.PostAsync($"{Person.Auth}/logout", null);

        await answer.ReadOkAsync();
        await (await ada.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        await (await elsewhere.Http.MeAsync()).ReadOkAsync();
    }

    [Fact]
    public async Task Signing_out_without_a_session_is_refused()
    {
        await (await server.Public.PostAsync($"{Person.Auth}/logout", null)).ReadProblemAsync(401, "unauthenticated");
        await (await server.Http.PostAsync($"{Person.Auth}/logout", null)).ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Changing_the_password_ends_every_session_and_begins_one()
    {
        var ada = await Person.RegisterAsync(server);
        var elsewhere = await ada.SignInAsync(server.Public);
        var (key, _) = await ada.KeyAsync("account:read");

        var answer = await (
            await ada.Http.PostAsJsonAsync(
                $"{Person.Auth}/change-password",
                new { current_password = ada.Password, new_password = "a wholly different one" }
            )
        ).ReadOkAsync();

        foreach (var old in (Person[])[ada, elsewhere])
        {
            await (await old.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
            await (await server.Public.RefreshAsync(old.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        }

        using var fresh = server.Public.BaseAddress!.WithToken(answer.Text("access_token"));
        await (await fresh.MeAsync()).ReadOkAsync();
        await (await key.MeAsync()).ReadOkAsync();
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.SignInAsync(ada.Email, "a wholly different one")).ReadOkAsync();
    }

    [Fact]
    public async Task A_new_password_wants_the_current_one_and_guessing_that_locks_too()
    {
        var ada = await Person.RegisterAsync(server);
        var request = new { current_password = "not the password", new_password = "a wholly different one" };

        for (var guess = 0; guess < 5; guess++)
        {
            var problem = await (
                await ada.Http.PostAsJsonAsync($"{Person.Auth}/change-password", request)
            ).ReadProblemAsync(400, "invalid_request");
            Assert.NotNull(problem["errors"]!["current_password"]);
        }

        await (await ada.Http.PostAsJsonAsync($"{Person.Auth}/change-password", request)).ReadProblemAsync(
            429,
            "rate_limited"
        );
        await (await ada.Http.MeAsync()).ReadOkAsync();
    }

    [Fact]
    public async Task Tokens_outlive_a_restart_by_a_key_in_the_database()
    {
        var ada = await Person.RegisterAsync(server);

        await server.RestartAsync();

        using var http = server.Public.BaseAddress!.WithToken(ada.AccessToken);
        await (await http.MeAsync()).ReadOkAsync();
        Assert.Empty(Directory.GetFiles(server.DataDirectory, "*.key"));
    }

    [Fact]
    public async Task What_has_expired_is_removed_and_what_is_good_stays()
    {
        var ada = await Person.RegisterAsync(server);
        var past = DateTimeOffset.UnixEpoch;
        var expired = new Session
        {
            Id = Guid.NewGuid(),
            AccountId = ada.Id,
            ExpiresAt = past,
        };
        var name = Guid.NewGuid().ToString();
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        db.Sessions.Add(expired);
        db.RefreshTokens.Add(new RefreshToken { Hash = name, SessionId = expired.Id });
        db.SignInAttempts.Add(new SignInAttempts { NameHash = name, Until = past });
        await db.SaveChangesAsync();

        await server.Get<Sessions>().CleanAsync(CancellationToken.None);
        await server.Get<SignInGuard>().CleanAsync(CancellationToken.None);

        Assert.False(await db.RefreshTokens.AnyAsync(token => token.Hash == name));
        Assert.False(await db.SignInAttempts.AnyAsync(attempts => attempts.NameHash == name));
        await (await ada.Http.MeAsync()).ReadOkAsync();
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_or_signed_by_nobody_is_refused()
    {
        var ada = await Person.RegisterAsync(server);
        var parts = ada.AccessToken.Split('.');
        var unsigned = $"eyJhbGciOiJub25lIn0.{parts[1]}.";
        var changed = $"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}";

        foreach (var token in (string[])[unsigned, changed, $"{parts[0]}.{parts[1]}.AAAA", "eyJ.eyJ.eyJ"])
        {
            using var http = server.Public.BaseAddress!.WithToken(token);
            await (await http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        }
    }

    [Theory]
    [InlineData("[]", "{}")]
    [InlineData("{}", "[]")]
    [InlineData("null", "null")]
    [InlineData("{\"alg\": 5, \"kid\": [1]}", "{\"iss\": \"https://elsewhere.example.org\"}")]
    [InlineData("{\"alg\": \"HS256\"}", "{\"iss\": [\"decant\"], \"sub\": {}}")]
    [InlineData("{\"alg\": \"HS256\"}", "{\"iss\": \"decant\", \"exp\": \"tomorrow\"}")]
    [InlineData("{\"alg\": \"HS256\"}", "{\"iss\": \"decant\", \"exp\": 1e400, \"aud\": 7}")]
    [InlineData("{\"alg\": \"HS256\"}", "{\"iss\": \"decant\", \"iss\": 1}")]
    public async Task Whatever_is_in_a_token_it_is_refused_as_one(string header, string payload)
    {
        using var http = server.Public.BaseAddress!.WithToken($"{Part(header)}.{Part(payload)}.c2ln");

        await (await http.MeAsync()).ReadProblemAsync(401, "unauthenticated");

        static string Part(string json) => Base64UrlEncoder.Encode(json);
    }
}

public sealed class SessionsOnSqlite(OpenServerOn<Sqlite> on)
    : SessionTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class SessionsOnPostgres(OpenServerOn<Postgres> on)
    : SessionTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
