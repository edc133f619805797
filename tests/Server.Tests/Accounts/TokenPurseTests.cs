using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

public abstract class TokenPurseTests(DecantServer server)
{
    [Fact]
    public async Task A_token_pays_from_the_credits_and_a_key_of_the_same_account_from_the_wallet()
    {
        var ada = await Person.RegisterAsync(server);
        var (key, _) = await ada.KeyAsync("media:read", "media:write", "account:read");
        var request = new { url = server.Origin("media/small.mp4?purse"), format = "mp4" };

        var byToken = await ada.Http.CompletionOfAsync(await ada.Http.StartAsync(request));
        var byKey = await key.CompletionOfAsync(await key.StartAsync(request));

        var me = await (await ada.Http.MeAsync()).ReadOkAsync();
        Assert.Equal("credits", byToken.Text("billed_to"));
        Assert.Equal("wallet", byKey.Text("billed_to"));
        Assert.Equal(10_000 - byToken.Number("credits_used"), me.Number("credits_balance"));
        Assert.InRange(me.Number("wallet_balance_cents"), 1, 999);
    }
}

public sealed class TokenPurseOnSqlite(OpenServerOn<Sqlite> on)
    : TokenPurseTests(on.Server),
        IClassFixture<OpenServerOn<Sqlite>>;

public sealed class TokenPurseOnPostgres(OpenServerOn<Postgres> on)
    : TokenPurseTests(on.Server),
        IClassFixture<OpenServerOn<Postgres>>;
