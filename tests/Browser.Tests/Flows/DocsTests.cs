using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>The page at /docs, where people read the API and try it.</summary>
public sealed class DocsTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task The_api_is_read_in_closed_sections_filtered_and_tried_with_a_key_that_stays_in_the_tab(
        Screen screen
    )
    {
        var page = await OpenAsync(screen, "/docs", isSignedIn: false);
        var sections = page.Locator(".opblock-tag");
        await sections.First.Shows().ToBeVisibleAsync();
        await AssertFitsAsync(page);
        // The webhooks at the end are a list without a section; none of it is open either.
        Assert.Equal(0, await page.Locator(".opblock.is-open").CountAsync());
        var all = await sections.CountAsync();

        await page.GetByPlaceholder("Filter by tag").FillAsync("Webhooks");
        await sections.Shows().ToHaveCountAsync(1);
        await page.GetByPlaceholder("Filter by tag").FillAsync("");
        await sections.Shows().ToHaveCountAsync(all);

        await AuthorizeAsync(page);
        await page.ReloadAsync();
        await page.Locator(".btn.authorize.locked").Shows().ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));

        await page.Locator("#operations-tag-Accounts").ClickAsync();
        await page.Locator("#operations-Accounts-getAuthMe .opblock-summary-control").ClickAsync();
        await page.Button("Try it out").ClickAsync();
        await page.Button("Execute").ClickAsync();
        await page.Locator(".live-responses-table .response-col_status")
            .Filter(new() { HasText = "200" })
            .First.Shows()
            .ToBeVisibleAsync();
        await AssertFitsAsync(page);

        // Another tab has nothing of it, and after the logout this one neither.
        var other = await OpenAsync(page.Context, "/docs");
        await other.Locator(".btn.authorize.unlocked").Shows().ToBeVisibleAsync();
        await page.Locator(".btn.authorize").ClickAsync();
        await page.Locator(".auth-btn-wrapper button", new() { HasText = "Logout" }).First.ClickAsync();
        Assert.Equal("{}", await page.EvaluateAsync<string>("sessionStorage.getItem('decant-docs-authorized')"));
    }

    [Fact]
    public async Task The_second_look_costs_a_few_kilobytes()
    {
        var page = await OpenAsync(Screen.Desktop, "/docs", isSignedIn: false);
        await page.Locator(".opblock-tag").First.Shows().ToBeVisibleAsync();
        var first = await TransferredAsync(page);
        await page.GotoAsync("/docs/index.html");
        await page.Locator(".opblock-tag").First.Shows().ToBeVisibleAsync();
        var second = await TransferredAsync(page);

        Assert.InRange(first, 100_000, 650_000);
        Assert.InRange(second, 0, 20_000);
    }

    private static async Task AuthorizeAsync(IPage page)
    {
        await page.Locator(".btn.authorize").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "api_key" })
            .Or(page.Locator("#api_key_value"))
            .First.FillAsync(Site.Key);
        await page.Locator(".auth-btn-wrapper .authorize").First.ClickAsync();
        await page.Locator(".auth-btn-wrapper .btn-done").First.ClickAsync();
        await page.Locator(".btn.authorize.locked").Shows().ToBeVisibleAsync();
    }

    /// <summary>Bytes that came over the wire for the document and all that it asked for.</summary>
    private static Task<int> TransferredAsync(IPage page) =>
        page.EvaluateAsync<int>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.transferSize, 0)"
        );

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.Equal(
            "",
            await page.EvaluateAsync<string>(
                """
                [...document.querySelectorAll("main *")]
                  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("pre, .opblock-body table table, svg"))
                  .map((one) => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right - innerWidth)}`)
                  .slice(0, 12)
                  .join("; ")
                """
            )
        );
}
