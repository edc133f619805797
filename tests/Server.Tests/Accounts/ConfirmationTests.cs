using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Accounts.Confirming;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Accounts;

/// <summary>Sign-up where the operator has a mail server: an account is whose mail and password meet.</summary>
public abstract class ConfirmationTests(DecantServer server, MailServer mail)
{
    private const string Password = "river otter lantern";
    private const string Confirm = $"{Person.Auth}/confirm";

    [Fact]
    public async Task An_account_and_its_credits_are_there_once_the_address_is_confirmed()
    {
        var email = NewAddress();

        var answer = await SignUpAsync(email);
        var before = await server.Public.SignInAsync(email, Password);
        var letter = await mail.NextAsync(email);
        var confirmed = await (await ConfirmAsync(letter.Token)).ReadOkAsync();

        Assert.True((bool)answer["confirmation_required"]!);
        Assert.Null(answer["access_token"]);
        await before.ReadProblemAsync(401, "unauthenticated");
        Assert.Contains("https://media.example.org/confirm?new=1#", letter.Text, StringComparison.Ordinal);
        Assert.Equal(
            (true, MailServer.Username, "\"Decant\" <decant@example.org>"),
            (letter.IsEncrypted, letter.User, letter.From)
        );
        Assert.Equal((10_000, true), ((int)confirmed.Number("credits_balance"), (bool)confirmed["is_verified"]!));
        var tokens = await (await server.Public.SignInAsync(email, Password)).ReadOkAsync();
        Assert.True((bool)tokens["user"]!["is_verified"]!);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var token = (await mail.NextAsync(email)).Token;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(token)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        await (await ConfirmAsync(token)).ReadProblemAsync(403, "bad_signature");
        var account = await server.Public.SignInAsync(email, Password);
        Assert.Equal(10_000, (await account.ReadOkAsync())["user"]!.Number("credits_balance"));
    }

    [Fact]
    public async Task A_link_without_the_password_of_the_sign_up_makes_no_account()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        // A stranger signs the same address up with a password of theirs, and hopes that the owner clicks.
        await SignUpAsync(email, "a strangers password");
        var token = (await mail.NextAsync(email)).Token;
        await mail.NextAsync(email);

        var without = await ConfirmAsync(token, "not the password");
        await (await ConfirmAsync(token)).ReadOkAsync();

        Assert.NotNull((await without.ReadProblemAsync(400, "invalid_request"))["errors"]!["password"]);
        await (await server.Public.SignInAsync(email, Password)).ReadOkAsync();
        var strangers = await server.Public.SignInAsync(email, "a strangers password");
        await strangers.ReadProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("4102444800.QURBQEVYQU1QTEUuT1JH.0000")]
    public async Task A_changed_link_is_none(string token) =>
        await (await ConfirmAsync(token)).ReadProblemAsync(403, "bad_signature");

    [Fact]
    public void A_link_is_good_for_a_day()
    {
        var time = new ManualTime();
        var links = new ConfirmationLinks(server.Get<SharedSecrets>(), server.Get<PublicOrigin>(), time);
        var token = links.Of("ada@example.org", wantsPassword: false).Split('#')[1];

        time.Advance(TimeSpan.FromHours(23.9));
        var before = links.TryRead(token);
        time.Advance(TimeSpan.FromHours(0.1));

        Assert.Equal("ADA@EXAMPLE.ORG", before);
        Assert.Null(links.TryRead(token));
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_after_the_same_work_and_its_owner_a_mail()
    {
        var (known, free) = (NewAddress(), NewAddress());
        await SignUpAsync(known);
        await (await ConfirmAsync((await mail.NextAsync(known)).Token)).ReadOkAsync();
        var rows = await RowsAsync();

        var ofKnown = await SignUpAsync(known, "another password");
        var afterKnown = await RowsAsync();
        var ofFree = await SignUpAsync(free, "another password");
        var afterFree = await RowsAsync();

        Assert.Equal(
            ofFree.ToJsonString().Replace(free, "", StringComparison.Ordinal),
            ofKnown.ToJsonString().Replace(known, "", StringComparison.Ordinal)
        );
        // Its time is that of its work, a hash and two rows: as many for either.
        Assert.Equal(afterKnown - rows, afterFree - afterKnown);
        var letter = await mail.NextAsync(known);
        Assert.Contains("already", letter.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('#', letter.Text);
        await (await server.Public.SignInAsync(known, Password)).ReadOkAsync();
        var other = await server.Public.SignInAsync(known, "another password");
        await other.ReadProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_link_is_sent_again_but_an_address_gets_five_mails_a_day()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        JsonNode? answer = null;
        for (var again = 0; again < 6; again++)
        {
            var response = await server.Public.PostAsJsonAsync($"{Person.Auth}/resend-confirmation", new { email });
            answer = await response.ReadOkAsync();
        }

        var letters = new List<Mailed>();
        for (var each = 0; each < 5; each++)
        {
            letters.Add(await mail.NextAsync(email));
        }

        Assert.Contains(email, answer!.Text("message"), StringComparison.Ordinal);
        Assert.Equal(5, letters.Select(letter => letter.Id).Distinct().Count());
        await (await ConfirmAsync(letters[0].Token)).ReadOkAsync();
        Assert.Equal(0, mail.UnreadOf(email));
    }

    [Fact]
    public async Task Nothing_is_sent_again_where_nothing_waits()
    {
        var (nobody, after) = (NewAddress(), NewAddress());

        var response = await server.Public.PostAsJsonAsync(
            $"{Person.Auth}/resend-confirmation",
            new { email = nobody }
        );
        await response.ReadOkAsync();
        // In the order of asking: what comes after it is there, so it was looked at.
        await SignUpAsync(after);
        await mail.NextAsync(after);

        Assert.Equal(0, mail.UnreadOf(nobody));
    }

    [Fact]
    public async Task Another_address_is_unverified_until_its_link_is_followed()
    {
        var ada = await ConfirmedAsync();
        var email = NewAddress();

        var moved = await (
            await ada.PatchAsJsonAsync($"{Person.Auth}/me", new { email, current_password = Password })
        ).ReadOkAsync();
        var letter = await mail.NextAsync(email);
        var verified = await (await ConfirmAsync(letter.Token, password: null)).ReadOkAsync();

        Assert.False((bool)moved["is_verified"]!);
        Assert.True((bool)verified["is_verified"]!);
        Assert.Contains("https://media.example.org/confirm#", letter.Text, StringComparison.Ordinal);
        await (await ConfirmAsync(letter.Token, password: null)).ReadProblemAsync(403, "bad_signature");
    }

    [Fact]
    public async Task An_address_that_the_mail_server_refuses_is_given_up_and_holds_up_nobody_else()
    {
        var (refused, other) = ($"refused-{NewAddress()}", NewAddress());

        await SignUpAsync(refused);
        await SignUpAsync(other);

        await mail.NextAsync(other);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var waiting = await db.ConfirmationMails.SingleAsync(one => one.Address == refused);
        Assert.Equal((null, 1), (waiting.NextAttemptAt, waiting.Attempts));
        var ready = await server.Public.GetStringAsync("/readyz");
        Assert.DoesNotContain("ConfirmationMails", ready, StringComparison.Ordinal);
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    private async Task<HttpClient> ConfirmedAsync()
    {
        var email = NewAddress();
        await SignUpAsync(email);
        await (await ConfirmAsync((await mail.NextAsync(email)).Token)).ReadOkAsync();
        var tokens = await (await server.Public.SignInAsync(email, Password)).ReadOkAsync();
        return server.Public.BaseAddress!.WithToken(tokens.Text("access_token"));
    }

    private async Task<JsonNode> SignUpAsync(string email, string password = Password)
    {
        var answer = await server.Public.PostAsJsonAsync($"{Person.Auth}/register", new { email, password });
        return await answer.ReadOkAsync();
    }

    private Task<HttpResponseMessage> ConfirmAsync(string token, string? password = Password) =>
        server.Public.PostAsJsonAsync(Confirm, new { token, password });

    private async Task<int> RowsAsync()
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        return await db.SignUps.CountAsync() * 1000 + await db.ConfirmationMails.CountAsync();
    }
}

public sealed class ConfirmationOnSqlite(MailServerOn<Sqlite> on)
    : ConfirmationTests(on.Server, on.Mail),
        IClassFixture<MailServerOn<Sqlite>>;

public sealed class ConfirmationOnPostgres(MailServerOn<Postgres> on)
    : ConfirmationTests(on.Server, on.Mail),
        IClassFixture<MailServerOn<Postgres>>;
