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

/// <summary>Cookies that a platform sets anew in its answers.</summary>
public abstract class RenewedCookieTests(DecantServer server)
{
    [Fact]
    public async Task What_the_platform_renews_is_kept_for_that_account_alone()
    {
        var (ada, bob) = (await Person.RegisterAsync(server), await Person.RegisterAsync(server));
        foreach (var one in new[] { ada, bob })
        {
            await (await PutAsync(one.Http, Netscape + Region("first"))).ReadOkAsync();
        }

        await (await LookUpAsync(ada.Http, Private)).ReadOkAsync();

        Assert.Equal("first-renewed", await RegionOfAsync(ada));
        Assert.Equal("first", await RegionOfAsync(bob));
        var shown = (await (await ada.Http.GetAsync(Cookies)).ReadOkAsync())["items"]![0]!;
        // Nothing that its owner did not give, such as the visitor's token.
        Assert.Equal(3, shown.Number("count"));
        Assert.NotNull(shown["renewed_at"]);
        Assert.Equal("2100-01-01T00:00:00Z", shown.Text("expires_at"));
        Assert.DoesNotContain("first", shown.ToJsonString(), StringComparison.Ordinal);
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var stored = await db.PlatformCookies.SingleAsync(row => row.AccountId == ada.Id);
        Assert.DoesNotContain("first", stored.Cookies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_platform_renews_takes_the_place_of_nothing_that_was_sent_or_taken_back_or_renewed_meanwhile()
    {
        var ada = await Person.RegisterAsync(server);
        await (await PutAsync(ada.Http, Netscape + Region("first"))).ReadOkAsync();
        var first = await PageOfAsync(ada);

        await RenewAsync(first, "quick");
        await RenewAsync(first, "slow");
        Assert.Equal("quick", await RegionOfAsync(ada));

        await (await PutAsync(ada.Http, Netscape + Region("second"))).ReadOkAsync();
        await RenewAsync(first, "late");
        Assert.Equal("second", await RegionOfAsync(ada));

        await RenewAsync(await PageOfAsync(ada), "foreign", ".example.org");
        Assert.Equal("second", await RegionOfAsync(ada));

        await (await ada.Http.DeleteAsync($"{Cookies}?platform=instagram")).ReadOkAsync();
        await RenewAsync(first, "too late");
        Assert.Null((await PageOfAsync(ada)).Identity);
    }

    private static string Region(string value) => $".instagram.com\tTRUE\t/\tTRUE\t4102444800\trur\t{value}\n";

    private Task<SourcePage> PageOfAsync(Person person) =>
        server.Get<AccountCookies>().PageAsync(person.Id, new Uri(Private), CancellationToken.None);

    private async Task<string> RegionOfAsync(Person person) =>
        (await PageOfAsync(person)).Identity!.Cookies.Single(cookie => cookie.Name == "rur").Value;

    /// <summary>As if the platform had answered so when it was asked for the page.</summary>
    private static Task RenewAsync(SourcePage page, string value, string domain = ".instagram.com") =>
        page.Identity!.KeepRenewed!(
            [new RenewedCookie(new SourceCookie(domain, "/", "rur", value, Secure: true), 4102444800)],
            CancellationToken.None
        );
}

[Collection<CookieServers<Sqlite>>]
public sealed class RenewedCookiesOnSqlite(OpenServerOn<Sqlite> on) : RenewedCookieTests(on.Server);

[Collection<CookieServers<Postgres>>]
public sealed class RenewedCookiesOnPostgres(OpenServerOn<Postgres> on) : RenewedCookieTests(on.Server);
