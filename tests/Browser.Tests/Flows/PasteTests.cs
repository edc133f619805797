using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>The main thing: paste a link, watch it come, play it.</summary>
public sealed partial class PasteTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const string Film = "https://www.youtube.com/watch?v=jNQXAC9IVRw";

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task I_paste_a_link_watch_it_come_and_play_it(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync(Film);
        var card = page.Cards();
        await card.GetByRole(AriaRole.Heading).Shows().ToHaveTextAsync("Lab film jNQXAC9IVRw");
        await card.Shows().ToContainTextAsync("0:15");
        await card.ChooseAsync("Small");
        await card.Button("Download").ClickAsync();
        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Done");
        await page.Cards().Shows().ToHaveCountAsync(0);
        await row.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();

        var video = page.Locator("video");
        await video.EvaluateAsync(
            "video => new Promise((ended, failed) => { video.onended = ended; video.onerror = () => failed(video.error.message); video.playbackRate = 8; })"
        );
        Assert.InRange(await video.EvaluateAsync<double>("video => video.currentTime"), 14, 16);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("video").Shows().ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Listitem, new() { Name = "Lab film jNQXAC9IVRw" })
            .First.Shows()
            .ToContainTextAsync("MP4");
    }

    [Fact]
    public async Task A_text_without_a_link_is_answered_in_words()
    {
        var page = await OpenAsync(Screen.Phone);

        await page.Links().FillAsync("nothing here");
        await page.Links().PressAsync("Enter");

        await page.GetByText("There is no link in that.").Shows().ToBeVisibleAsync();
        await page.Links().Shows().ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task An_address_in_the_pages_own_is_looked_up_and_gone_from_it()
    {
        var page = await OpenAsync(Screen.Desktop, $"/?url={Uri.EscapeDataString(Film)}");

        await page.Cards().Shows().ToContainTextAsync("Lab film");
        Assert.Equal("/", new Uri(page.Url).PathAndQuery);
    }

    [Fact]
    public async Task The_tab_says_how_many_are_under_way_and_a_reader_of_the_screen_when_one_is_done()
    {
        var page = await OpenAsync(Screen.Desktop);

        var files = new HeldFiles(Site.Lab);
        await page.PasteAsync(files.Hold("told", free: 1_000_000));
        await page.Cards().Button("Download").ClickAsync();

        await Assertions.Expect(page).ToHaveTitleAsync("(1) Decant");
        await page.GetByRole(AriaRole.Progressbar).Shows().ToHaveAttributeAsync("aria-valuenow", Some());
        files.Release();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is done." }).Shows().ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveTitleAsync("Decant");
    }

    [GeneratedRegex("^[1-9]", RegexOptions.None, 1000)]
    private static partial Regex Some();
}
