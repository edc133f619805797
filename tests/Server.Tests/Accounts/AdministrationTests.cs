using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts.Audit;
using Decant.Server.Billing;
using Decant.Server.Data;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Accounts;

public abstract class AdministrationTests(DecantServer server)
{
    private const string Users = $"{Person.Admin}/users";

    [Fact]
    public async Task Accounts_are_listed_in_pages_and_found_by_a_part_of_name_or_address()
    {
        var ada = await Person.RegisterAsync(server);
        var later = await Person.RegisterAsync(server);

        var first = await GetAsync($"{Users}?limit=1");
        var second = await GetAsync($"{Users}?limit=1&skip=1");
        var found = await GetAsync($"{Users}?search={ada.Email[4..20].ToUpperInvariant()}");
        var named = await GetAsync($"{Users}?search=ada%20byR");

        Assert.Equal([later.Id], Ids(first));
        Assert.Equal([ada.Id], Ids(second));
        Assert.True(first.Number("total") >= 3);
        Assert.Equal([ada.Id], Ids(found));
        Assert.Contains(ada.Id, Ids(named));
        await (await server.Http.GetAsync($"{Users}?search=a%00b")).ReadProblemAsync(400, "invalid_request");
        await (await server.Http.GetAsync($"{Users}?limit=0")).ReadProblemAsync(400, "invalid_request");
        await (await server.Http.GetAsync($"{Users}/987654321")).ReadProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task The_queue_is_counted_by_stage_beside_the_places_of_the_node()
    {
        var queue = await GetAsync($"{Person.Admin}/queue");

        Assert.Equal(4 * Environment.ProcessorCount, queue.Number("workers"));
        Assert.All(queue["stages"]!.AsArray(), one => Assert.True(one!.Number("count") > 0));
        var ada = await Person.RegisterAsync(server);
        await (await ada.Http.GetAsync($"{Person.Admin}/queue")).ReadProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_grant_goes_through_the_books_with_its_note()
    {
        var ada = await Person.RegisterAsync(server);

        var account = await (
            await server.PostAsync(
                $"{Users}/{ada.Id}/grants",
                new
                {
                    credits = 250,
                    wallet_cents = 2500,
                    note = "Invoice 17",
                }
            )
        ).ReadOkAsync();

        Assert.Equal(10_250, account.Number("credits_balance"));
        Assert.Equal("$35.00", account.Text("wallet_balance_usd"));
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var entries = await db
            .Ledger.Where(entry => entry.AccountId == ada.Id)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
        Assert.Equal(
            [
                (Purse.Credits, 10_000L, "New account"),
                (Purse.Wallet, 1000, "New account"),
                (Purse.Credits, 250, "Invoice 17"),
                (Purse.Wallet, 2500, "Invoice 17"),
            ],
            entries.Select(entry => (entry.Purse, entry.Amount, entry.Note!))
        );
        Assert.Equal(["account_created", "granted", "granted"], await server.AuditOfAsync(ada.Id));
    }

    [Fact]
    public async Task A_grant_that_is_sent_again_by_its_name_is_granted_once()
    {
        var ada = await Person.RegisterAsync(server);
        var bob = await Person.RegisterAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GrantByNameAsync(ada.Id, 250)));
        var otherAmount = await GrantByNameAsync(ada.Id, 251);
        var otherAccount = await GrantByNameAsync(bob.Id, 250);

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Equal(10_250, (await answers[0].ReadOkAsync()).Number("credits_balance"));
        Assert.Single(bodies.Distinct());
        Assert.Equal(7, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        await otherAmount.ReadProblemAsync(409, "idempotency_conflict");
        await otherAccount.ReadProblemAsync(409, "idempotency_conflict");
        Assert.Equal(10_250, (await GetAsync($"{Users}/{ada.Id}")).Number("credits_balance"));
        Assert.Equal(["account_created", "granted"], await server.AuditOfAsync(ada.Id));

        async Task<HttpResponseMessage> GrantByNameAsync(long account, long credits)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Users}/{account}/grants");
            request.Content = JsonContent.Create(new { credits, note = "Invoice 18" });
            request.Headers.Add("Idempotency-Key", $"invoice 18 of {ada.Id}");
            return await server.Http.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("""{"credits": 1}""", "note")]
    [InlineData("""{"credits": 1, "note": "a\u0000b"}""", "note")]
    [InlineData("""{"note": "Nothing"}""", "credits")]
    [InlineData("""{"note": "Less", "credits": -5}""", "credits")]
    [InlineData("""{"note": "Much", "wallet_cents": 9000000000000000000}""", "wallet_cents")]
    public async Task A_grant_that_means_nothing_is_refused(string body, string field)
    {
        var ada = await Person.RegisterAsync(server);

        var answer = await server.PostAsync($"{Users}/{ada.Id}/grants", JsonNode.Parse(body)!);

        Assert.NotNull((await answer.ReadProblemAsync(400, "invalid_request"))["errors"]![field]);
        Assert.Equal(10_000, (await GetAsync($"{Users}/{ada.Id}")).Number("credits_balance"));
    }

    [Fact]
    public async Task A_disabled_account_is_refused_everywhere_at_once_until_it_is_enabled()
    {
        var ada = await Person.RegisterAsync(server);
        var (key, _) = await ada.KeyAsync("account:read");

        var disabled = await (await server.PostAsync($"{Users}/{ada.Id}/disable", new { })).ReadOkAsync();

        Assert.False((bool)disabled["is_active"]!);
        await (await ada.Http.MeAsync()).ReadProblemAsync(403, "forbidden");
        await (await key.MeAsync()).ReadProblemAsync(403, "key_revoked");
        await (await server.Public.RefreshAsync(ada.RefreshToken)).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(403, "forbidden");
        await (await server.Public.SignInAsync(ada.Email, "not the password")).ReadProblemAsync(401, "unauthenticated");

        await (await server.PostAsync($"{Users}/{ada.Id}/enable", new { })).ReadOkAsync();

        await (await key.MeAsync()).ReadOkAsync();
        await (await ada.Http.MeAsync()).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadOkAsync();
    }

    [Fact]
    public async Task An_administrator_is_made_and_unmade_by_another_and_never_by_itself()
    {
        var ada = await Person.RegisterAsync(server);
        await (await ada.Http.GetAsync(Users)).ReadProblemAsync(403, "forbidden");

        await (await PutRoleAsync(server.Http, ada.Id, "administrator")).ReadOkAsync();
        await (await ada.Http.GetAsync(Users)).ReadOkAsync();
        await (await PutRoleAsync(ada.Http, ada.Id, "user")).ReadProblemAsync(403, "forbidden");
        await (await ada.Http.PostAsync($"{Users}/{ada.Id}/disable", null)).ReadProblemAsync(403, "forbidden");
        await (await PutRoleAsync(server.Http, ada.Id, "king")).ReadProblemAsync(400, "invalid_request");
        await (await PutRoleAsync(server.Http, ada.Id, "user")).ReadOkAsync();

        await (await ada.Http.GetAsync(Users)).ReadProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task An_administrator_lets_people_in_and_helps_those_who_forgot()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var made = await (await server.PostAsync(Users, new { email, password = "first of many words" })).ReadOkAsync();
        var tokens = await (await server.Public.SignInAsync(email, "first of many words")).ReadOkAsync();

        await (
            await server.PostAsync($"{Users}/{made.Number("id")}/password", new { password = "second of many words" })
        ).ReadOkAsync();

        await (await server.Public.RefreshAsync(tokens.Text("refresh_token"))).ReadProblemAsync(401, "unauthenticated");
        await (await server.Public.SignInAsync(email, "second of many words")).ReadOkAsync();
    }

    [Fact]
    public async Task The_audit_trail_says_who_did_what_to_whom_and_from_where()
    {
        var ada = await Person.RegisterAsync(server);
        await server.Public.SignInAsync(ada.Email, "not the password");
        await server.Public.SignInAsync(ada.Email, ada.Password);
        await server.PostAsync($"{Users}/{ada.Id}/disable", new { });

        var entries = await server.AuditEntriesOfAsync(ada.Id);
        var failures = await GetAsync($"{Person.Admin}/audit?action=sign_in_failed&user_id={ada.Id}");

        Assert.Equal(
            ["account_created", "sign_in_failed", "signed_in", "account_disabled"],
            entries.Select(entry => entry.Text("action"))
        );
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry.Text("address")));
        Assert.All(entries, entry => Assert.Equal(ada.Id, entry.Number("user_id")));
        Assert.Null(entries[1]["actor_id"]);
        Assert.Equal(ada.Id, entries[2].Number("actor_id"));
        Assert.NotEqual(ada.Id, entries[3].Number("actor_id"));
        Assert.NotNull(entries[3]["api_key_id"]);
        Assert.Equal(1, failures.Number("total"));
        await (await server.Http.GetAsync($"{Person.Admin}/audit?action=dance")).ReadProblemAsync(
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_delete_what_the_trail_says()
    {
        var ada = await Person.RegisterAsync(server);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var own = db.AuditEntries.Where(entry => entry.AccountId == ada.Id);

        var change = await Assert.ThrowsAnyAsync<DbException>(() =>
            own.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Action, AuditAction.SignedOut))
        );
        var deletion = await Assert.ThrowsAnyAsync<DbException>(() => own.ExecuteDeleteAsync());

        Assert.Contains("append-only", change.Message);
        Assert.Contains("append-only", deletion.Message);
        Assert.Equal(["account_created"], await server.AuditOfAsync(ada.Id));
    }

    private static Task<HttpResponseMessage> PutRoleAsync(HttpClient http, long id, string role) =>
        http.PutAsJsonAsync($"{Users}/{id}/role", new { role });

    private static IEnumerable<long> Ids(JsonNode page) => page["items"]!.AsArray().Select(one => one!.Number("id"));

    private async Task<JsonNode> GetAsync(string path) => await (await server.Http.GetAsync(path)).ReadOkAsync();
}

public sealed class AdministrationOnSqlite(OpenServerOn<Sqlite> on)
    : AdministrationTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class AdministrationOnPostgres(OpenServerOn<Postgres> on)
    : AdministrationTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
