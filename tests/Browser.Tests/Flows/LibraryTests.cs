using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A library of a thousand downloads.</summary>
public sealed class Thousand() : Many(1_000);

/// <summary>Library of finished files, to look through and to keep in order.</summary>
public sealed class LibraryTests(Chromium chromium, Thousand site) : PageTests(chromium, site), IClassFixture<Thousand>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_thousand_downloads_scroll_to_the_last_and_few_are_in_the_document(Screen screen)
    {
        var page = await OpenAsync(screen, "/library?sort=created_at");
        var cards = page.GetByRole(AriaRole.Listitem);
        await cards.First.Shows().ToBeVisibleAsync();

        var last = page.GetByRole(AriaRole.Listitem, new() { Name = $"Film number {site.Count - 1:0000}" });
        // Each arrival of a page lengthens the document: the wheel is turned until the last one is there.
        await page.Mouse.MoveAsync(200, 400);
        for (var turn = 0; turn < 400 && await last.CountAsync() == 0; turn++)
        {
            await page.Mouse.WheelAsync(0, 4_000);
            await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))");
        }

        await last.Shows().ToBeVisibleAsync();
        Assert.InRange(await cards.CountAsync(), 4, 60);
    }

    [Fact]
    public async Task A_download_is_found_renamed_removed_and_brought_back()
    {
        var page = await OpenAsync(Screen.Desktop, "/library");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search titles" }).FillAsync("number 0042");
        var card = page.GetByRole(AriaRole.Listitem, new() { Name = "Film number 0042" });
        await page.GetByText("1 download", new() { Exact = true }).Shows().ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Title").FillAsync("Film number 0042, renamed");
        await page.GetByRole(AriaRole.Dialog).Button("Save").ClickAsync();
        var renamed = page.GetByRole(AriaRole.Listitem, new() { Name = "0042, renamed" });
        await renamed.Shows().ToBeVisibleAsync();
        await renamed.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await renamed.Shows().ToHaveCountAsync(0);
        await page.Button("Undo").ClickAsync();

        await renamed.Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task Several_are_removed_at_once()
    {
        var page = await OpenAsync(Screen.Phone, "/library?search=number%20010");
        var ticks = page.GetByRole(AriaRole.Checkbox);
        await ticks.Nth(0).CheckAsync();
        await ticks.Nth(1).CheckAsync();
        var bar = page.GetByRole(AriaRole.Toolbar);
        await bar.Shows().ToContainTextAsync("2 selected");
        var gone = page.WaitForRequestFinishedAsync(
            new() { Predicate = request => request.Url.EndsWith("/jobs/delete", StringComparison.Ordinal) }
        );

        await bar.Button("Delete").ClickAsync();

        Assert.Equal(200, (await (await gone).ResponseAsync())!.Status);
        await page.GetByText("8 downloads", new() { Exact = true }).Shows().ToBeVisibleAsync();
    }
}
