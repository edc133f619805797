using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Somebody who is not signed in, within the public limits.</summary>
public sealed class VisitorTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_visitor_sees_what_a_link_is_and_downloads_it_by_a_token_that_stands_in_no_address(Screen screen)
    {
        var page = await OpenAsync(screen, isSignedIn: false);
        var tokens = 0;
        page.Request += (_, request) =>
        {
            Assert.DoesNotContain("token=", request.Url, StringComparison.Ordinal);
            tokens += request.Headers.ContainsKey("x-access-token") ? 1 : 0;
        };

        await page.GetByText("Up to 10 minutes").Shows().ToBeVisibleAsync();
        await page.GetByText("MP3", new() { Exact = true }).ClickAsync();
        await page.PasteAsync($"{Site.Origin($"media/small.mp4?visitor={screen}")}\nhttp://10.0.0.1/video.mp4");
        var cards = page.Cards();
        await cards.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("This address may not be reached");
        await cards.Filter(new() { HasText = "small" }).Button("Download").ClickAsync();
        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Done");

        var file = await page.RunAndWaitForDownloadAsync(() =>
            row.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync()
        );
        Assert.EndsWith(".mp3", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.NotEqual(0, tokens);
    }
}
