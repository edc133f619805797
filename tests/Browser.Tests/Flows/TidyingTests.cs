using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Removal that can be taken back, copying, and keys of the player.</summary>
public sealed class TidyingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Fact]
    public async Task A_row_of_the_queue_that_is_removed_comes_back()
    {
        var (page, row) = await DoneAsync(Screen.Phone, "back");

        await row.Button("Delete").ClickAsync();
        await row.Shows().ToHaveCountAsync(0);
        await page.Button("Undo").ClickAsync();

        await row.Shows().ToContainTextAsync("Done");
    }

    [Fact]
    public async Task What_is_removed_stays_so_when_the_page_is_loaded_anew_meanwhile()
    {
        var (page, _) = await DoneAsync(Screen.Desktop, "gone");
        var (cards, rest) = await RemoveFirstAsync(page);
        await page.Button("Undo").Shows().ToBeVisibleAsync();
        await cards.Shows().ToHaveCountAsync(rest);

        await page.ReloadAsync();

        await page.Title("Library").Shows().ToBeVisibleAsync();
        await page.SettleAsync();
        await cards.Shows().ToHaveCountAsync(rest);
    }

    [Fact]
    public async Task What_is_removed_stays_so_when_the_page_is_loaded_anew_before_the_server_has_answered()
    {
        var (page, _) = await DoneAsync(Screen.Desktop, "unanswered");
        // The first is never answered, as by a connection that was lost.
        await page.AddInitScriptAsync(
            """
            const send = fetch;
            window.fetch = (request, options) => {
                if (!request.url?.endsWith('/jobs/delete') || sessionStorage.unanswered) return send(request, options);
                sessionStorage.unanswered = true;
                console.debug('unanswered');
                return new Promise(() => undefined);
            };
            """
        );
        await page.ReloadAsync();
        var asked = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text == "unanswered" });
        var (cards, rest) = await RemoveFirstAsync(page);
        await asked;

        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), "**/jobs/delete");

        await page.SettleAsync();
        await cards.Shows().ToHaveCountAsync(rest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_is_copied_or_shown_to_be_copied_where_the_browser_has_no_clipboard(bool hasCommand)
    {
        var context = await NewContextAsync(Screen.Desktop);
        await SignInAsync(context, Site.Key);
        // As on plain http of another host.
        await context.AddInitScriptAsync(
            """
            Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
            addEventListener('copy', event => window.copied = event.target.value);
            """ + (hasCommand ? "" : "document.execCommand = () => false;")
        );
        var job = await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?copy") });
        await Site.EndOfAsync((long)job["job"]!["id"]!);
        var page = await OpenAsync(context, "/library");

        await page.GetByRole(AriaRole.Listitem)
            .First.GetByRole(AriaRole.Button, new() { Name = "Actions for" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy link" }).ClickAsync();

        if (hasCommand)
        {
            await page.GetByText("Copied", new() { Exact = true }).Shows().ToBeVisibleAsync();
            Assert.Contains("/download/", await page.EvaluateAsync<string>("copied"), StringComparison.Ordinal);
        }
        else
        {
            var box = page.GetByLabel("Copy it with the keyboard");
            Assert.Contains("/download/", await box.InputValueAsync(), StringComparison.Ordinal);
            Assert.NotEqual(0, await box.EvaluateAsync<int>("box => box.selectionEnd - box.selectionStart"));
        }
    }

    [Fact]
    public async Task The_space_bar_holds_the_film_and_lets_it_go_on()
    {
        var (page, row) = await DoneAsync(Screen.Desktop, "space");
        await row.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        var video = page.Locator("video");
        await video.Shows().ToBeFocusedAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0");

        await page.Keyboard.PressAsync("Space");
        await page.WaitForFunctionAsync("() => document.querySelector('video')?.paused");
        await page.Keyboard.PressAsync("Space");

        await page.WaitForFunctionAsync("() => !document.querySelector('video').paused");
    }

    [Fact]
    public async Task After_a_download_the_keyboard_is_where_it_is_followed()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(Site.Origin("media/small.mp4?focus"));

        await page.Cards().Button("Download").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.Title("Queue").Shows().ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_batch_is_fetched_as_one_archive_from_the_library()
    {
        var batch = await Site.PostAsync(
            "/api/v1/video/bulk-download",
            new
            {
                downloads = new[]
                {
                    new { url = Site.Origin("media/small.mp4?zip1") },
                    new { url = Site.Origin("media/small.mp4?zip2") },
                },
            }
        );
        foreach (var job in batch["jobs"]!.AsArray())
        {
            await Site.EndOfAsync((long)job!["id"]!);
        }

        var page = await OpenAsync(Screen.Phone, "/library");
        await page.GetByRole(AriaRole.Listitem)
            .First.GetByRole(AriaRole.Button, new() { Name = "Actions for" })
            .ClickAsync();
        var zip = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Menuitem, new() { Name = "All as zip" }).ClickAsync()
        );

        Assert.EndsWith(".zip", zip.SuggestedFilename, StringComparison.Ordinal);
    }

    /// <returns>The cards of the library, and how many are left of them.</returns>
    private static async Task<(ILocator Cards, int Left)> RemoveFirstAsync(IPage page)
    {
        await page.WanderAsync("/library");
        var cards = page.GetByRole(AriaRole.Listitem);
        await cards.First.Shows().ToBeVisibleAsync();
        var before = await cards.CountAsync();
        await cards.First.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        return (cards, before - 1);
    }

    private async Task<(IPage Page, ILocator Row)> DoneAsync(Screen screen, string mark)
    {
        var page = await OpenAsync(screen);
        await page.Links().Shows().ToBeVisibleAsync();
        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), "**/video-download/events");
        var accepted = await Site.PostAsync(
            "/api/v1/video/download",
            new { url = Site.Origin($"media/small.mp4?{mark}"), output_filename = mark }
        );
        await Site.EndOfAsync((long)accepted["job"]!["id"]!);
        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Done");
        return (page, row);
    }
}
