using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Many links at once, and lists.</summary>
[Long]
public sealed class ManyTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Forty_links_pasted_at_once_become_one_batch(Screen screen)
    {
        var page = await OpenAsync(screen);
        var links = Enumerable.Range(1, 40).Select(number => Site.Origin($"media/small.mp4?{screen}{number}"));

        await page.PasteAsync(string.Join('\n', links));
        await page.Cards().Shows().ToHaveCountAsync(40);
        await page.Button("Download all 40").ClickAsync();

        var batch = page.GetByRole(AriaRole.Article, new() { Name = "40 downloads" });
        await batch.Shows().ToContainTextAsync("40 of 40");
        await page.Cards().Shows().ToHaveCountAsync(0);
        await batch.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await batch.GetByText("Done").Shows().ToHaveCountAsync(40);
        var zip = await page.RunAndWaitForDownloadAsync(() => batch.Button("All as zip").ClickAsync());
        Assert.EndsWith(".zip", zip.SuggestedFilename, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Of_a_list_I_take_what_I_tick(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync("https://www.youtube.com/playlist?list=PLdecant-lab-few-5");
        var card = page.Cards();
        await card.GetByText("5 of 5 chosen").Shows().ToBeVisibleAsync();
        await card.Button("None").ClickAsync();
        await card.Button("Download").Shows().ToBeDisabledAsync();
        await card.GetByRole(AriaRole.Checkbox).Nth(1).CheckAsync();
        await card.GetByLabel("Entries by number").FillAsync("2, 4");
        await card.GetByText("2 of 5 chosen").Shows().ToBeVisibleAsync();
        await card.ChooseAsync("MP3");
        await card.Button("Download").ClickAsync();

        await page.Queue().First.Shows().ToContainTextAsync("2 of 2");
    }

    [Fact]
    public async Task Five_hundred_entries_are_five_hundred_to_tick_and_few_in_the_document()
    {
        var page = await OpenAsync(Screen.Desktop);

        await page.PasteAsync("https://www.youtube.com/playlist?list=PLdecant-lab-many-500");

        var card = page.Cards();
        await card.GetByText("500 of 500 chosen").Shows().ToBeVisibleAsync();
        Assert.InRange(await card.GetByRole(AriaRole.Checkbox).CountAsync(), 5, 40);
    }
}
