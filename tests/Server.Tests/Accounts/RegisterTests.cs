using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public abstract class RegisterTests(DecantServer server)
{
    private const string Path = $"{Person.Auth}/register";

    [Fact]
    public async Task A_new_account_starts_with_the_set_credits_and_the_set_money()
    {
        var ada = await Person.RegisterAsync(server);

        var me = await (await ada.Http.MeAsync()).ReadOkAsync();

        Assert.Equal(10_000, me.Number("credits_balance"));
        Assert.Equal(1000, me.Number("wallet_balance_cents"));
        Assert.Equal("$10.00", me.Text("wallet_balance_usd"));
        Assert.Equal("Ada Byron", me.Text("full_name"));
        Assert.True((bool)me["is_active"]!);
    }

    [Fact]
    public async Task A_key_made_a_minute_ago_can_download()
    {
        var ada = await Person.RegisterAsync(server);
        var (key, _) = await ada.KeyAsync("media:read", "media:write");

        var job = await key.CompletionOfAsync(
            await key.StartAsync(new { url = server.Origin("media/small.mp4?first"), format = "m4a" })
        );

        Assert.Equal(("wallet", 0.01), (job.Text("billed_to"), (double)job["cost_usd"]!));
    }

    [Theory]
    [InlineData("ada", "river otter lantern", "email")]
    [InlineData("", "river otter lantern", "email")]
    [InlineData("Ada <ada@example.org>", "river otter lantern", "email")]
    [InlineData("ada@exämple.org", "river otter lantern", "email")]
    [InlineData("ada@example.org", "short", "password")]
    [InlineData("ada@example.org", "aaaaaaaaaaaa", "password")]
    [InlineData("ada@example.org", "ada@example.org", "password")]
    [InlineData("ada@example.org", "Password1234!", "password")]
    [InlineData("ada@example.org", null, "password")]
    public async Task What_will_not_do_is_refused_by_the_fields_name(string email, string? password, string field)
    {
        var answer = await server.Public.PostAsJsonAsync(Path, new { email, password });

        var problem = await answer.ReadProblemAsync(400, "invalid_request");
        Assert.NotNull(problem["errors"]![field]);
        Assert.True(field != "password" || password is null || !problem.ToJsonString().Contains(password));
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_gets_it()
    {
        var email = $"{Guid.NewGuid():N}@example.org";

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number =>
                    server.Public.PostAsJsonAsync(
                        Path,
                        new
                        {
                            email = number % 2 == 0 ? email : email.ToUpperInvariant(),
                            password = "river otter lantern",
                        }
                    )
                )
        );

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        var refused = answers.First(answer => !answer.IsSuccessStatusCode);
        Assert.NotNull((await refused.ReadProblemAsync(400, "invalid_request"))["errors"]!["email"]);
    }

    [Fact]
    public async Task Name_and_address_can_be_changed_the_address_with_the_password()
    {
        var ada = await Person.RegisterAsync(server);
        var other = await Person.RegisterAsync(server);
        var email = $"{Guid.NewGuid():N}@example.net";
        const string me = $"{Person.Auth}/me";

        var named = await (await ada.Http.PatchAsJsonAsync(me, new { full_name = "Ada King" })).ReadOkAsync();
        var unproven = await ada.Http.PatchAsJsonAsync(me, new { email });
        var taken = await ada.Http.PatchAsJsonAsync(me, new { email = other.Email, current_password = ada.Password });
        var moved = await (
            await ada.Http.PatchAsJsonAsync(me, new { email, current_password = ada.Password })
        ).ReadOkAsync();

        Assert.Equal("Ada King", named.Text("full_name"));
        Assert.Equal(ada.Email, named.Text("email"));
        Assert.NotNull((await unproven.ReadProblemAsync(400, "invalid_request"))["errors"]!["current_password"]);
        Assert.NotNull((await taken.ReadProblemAsync(400, "invalid_request"))["errors"]!["email"]);
        Assert.Equal(email, moved.Text("email"));
        Assert.Equal(10_000, moved.Number("credits_balance"));
        await (await server.Public.SignInAsync(email, ada.Password)).ReadOkAsync();
        await (await server.Public.SignInAsync(ada.Email, ada.Password)).ReadProblemAsync(401, "unauthenticated");
    }
}

public sealed class RegisterOnSqlite(OpenServerOn<Sqlite> on)
    : RegisterTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class RegisterOnPostgres(OpenServerOn<Postgres> on)
    : RegisterTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;

public sealed class ClosedRegisterTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    [Fact]
    public async Task Sign_up_is_closed_unless_the_operator_opens_it()
    {
        var answer = await on.Server.Public.PostAsJsonAsync(
            $"{Person.Auth}/register",
            new { email = "ada@example.org", password = "river otter lantern" }
        );

        await answer.ReadProblemAsync(403, "forbidden");
    }
}
