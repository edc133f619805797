using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server with an OpenID Connect provider (npm's, where node is), and a page of another origin that it names.</summary>
public sealed class Neighbourhood : Site
{
    private OidcProvider? _provider;
    private WebApplication? _named;
    private WebApplication? _stranger;

    public Uri Named { get; private set; } = null!;

    public Uri Stranger { get; private set; } = null!;

    public string? Provider => _provider?.Address;

    protected override IEnumerable<string> Settings =>
        [
            $"Cors:Origins:0={Named.GetLeftPart(UriPartial.Authority)}",
            .. Provider is null
                ? (string[])[]
                :
                [
                    $"Oidc:Authority={Provider}",
                    $"Oidc:ClientId={OidcProvider.ClientId}",
                    $"Oidc:ClientSecret={OidcProvider.ClientSecret}",
                    "Oidc:Name=Example Corp",
                ],
        ];

    public override async ValueTask InitializeAsync()
    {
        (_named, Named) = await PageAsync();
        (_stranger, Stranger) = await PageAsync();
        if (await NpmTool.MissingAsync() is null)
        {
            _provider = await OidcProvider.StartAsync(new Uri(Address, "/api/v1/auth/oidc/callback").AbsoluteUri);
        }

        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _named!.DisposeAsync();
        await _stranger!.DisposeAsync();
        _provider?.Dispose();
    }

    private static async Task<(WebApplication Server, Uri Address)> PageAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/", () => Results.Text("<!doctype html><title>Elsewhere</title>", "text/html"));
        await server.StartAsync();
        return (server, new Uri(server.Urls.Single()));
    }
}

/// <summary>Others that a browser speaks with beside this server: a provider of identities, and pages of other origins.</summary>
public sealed partial class NeighbourTests(Chromium chromium, Neighbourhood site)
    : PageTests(chromium, site),
        IClassFixture<Neighbourhood>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Somebody_whom_the_provider_knows_signs_in_by_one_button(Screen screen)
    {
        Assert.SkipWhen(site.Provider is null, await NpmTool.MissingAsync() ?? "");
        Neighbours.Add(new Uri(site.Provider!).Authority);
        var context = await NewContextAsync(screen);
        // The provider's pages want a font from the internet.
        await context.RouteAsync(
            address => !new Uri(address).IsLoopback,
            route => route.FulfillAsync(new() { ContentType = "text/css", Body = "" })
        );
        var page = await OpenAsync(context, "/sign-in");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example Corp" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync("ada");
        await page.Locator("input[name=password]").FillAsync("anything");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await page.Title("Paste a link").Shows().ToBeVisibleAsync();
        await page.Button("Account of ada").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_of_a_named_origin_asks_with_a_key_and_reads_our_headers_and_any_other_does_not()
    {
        Neighbours.Add(site.Named.Authority);
        Neighbours.Add(site.Stranger.Authority);
        Expected.Add(ByPolicy());
        var context = await NewContextAsync(Screen.Desktop);

        var named = await OpenAsync(context, site.Named.AbsoluteUri);
        var stranger = await OpenAsync(context, site.Stranger.AbsoluteUri);

        Assert.Equal("200, administrator@localhost, yes", await AskAsync(named));
        Assert.Equal("TypeError", await AskAsync(stranger));
    }

    /// <returns>Answer to a question with headers of ours in both directions, as a script of the page gets it.</returns>
    private Task<string> AskAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            async ([address, key]) => {
              try {
                const answer = await fetch(address, { headers: { 'X-API-Key': key, 'Idempotency-Key': 'of-a-page' } });
                return `${answer.status}, ${(await answer.json()).email}, ${answer.headers.has('ETag') || answer.headers.has('RateLimit') ? 'yes' : 'no'}`;
              } catch (error) {
                return error.name;
              }
            }
            """,
            new[] { new Uri(site.Address, "/api/v1/auth/me").AbsoluteUri, Site.Key }
        );

    /// <summary>Chromium's own lines for an answer that a page may not read.</summary>
    [GeneratedRegex("blocked by CORS policy|net::ERR_FAILED", RegexOptions.None, 1000)]
    private static partial Regex ByPolicy();
}
