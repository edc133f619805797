using System.Net.Http.Json;
using Decant.Server.Accounts;
using Decant.Server.Accounts.Browser;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Accounts;

/// <summary>The session cookie's attributes and the lifetime of sign-in links: a session cannot be stolen on the way, nor a link be of use when it is found late.</summary>
public sealed class CookieAndLinkTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>
{
    private const string Session = $"{Person.Auth}/session";

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Behind_a_proxy_with_https_the_cookie_goes_over_https_alone(string scheme, bool isSecure)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("Proxies:Trusted:0=127.0.0.0/8");
        using var request = new HttpRequestMessage(HttpMethod.Post, Session)
        {
            Content = JsonContent.Create(new { api_key = DecantServer.Key }),
        };
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        request.Headers.Add("X-Forwarded-Proto", scheme);

        var answer = await server.Public.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ReadOkAsync();
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_link_is_good_for_fifteen_minutes_and_no_longer()
    {
        var stop = TestContext.Current.CancellationToken;
        var secret = await on.Server.Get<SignInLinks>().CreateForAdministratorAsync(stop);
        await using var db = await on.Server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync(stop);
        var links = db.Sessions.Where(session => session.Kind == SessionKind.Link);
        Assert.NotEmpty(await links.ToListAsync(stop));
        Assert.All(
            await links.ToListAsync(stop),
            link => Assert.Equal(TimeSpan.FromMinutes(15), link.ExpiresAt - link.CreatedAt)
        );

        await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.ExpiresAt, link => link.CreatedAt), stop);

        var answer = await on.Server.Public.PostAsJsonAsync(Session, new { link = secret }, stop);
        await answer.ReadProblemAsync(401, "unauthenticated");
    }
}
