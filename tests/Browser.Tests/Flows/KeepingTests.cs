using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Memory of the page: media that were fetched before, chapters, and forms that are filled in while the server is away.</summary>
public sealed partial class KeepingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const string Watch = "https://www.youtube.com/watch?v=";

    [Fact]
    public async Task What_was_fetched_before_is_marked_in_a_list_and_left_out_by_one_button()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.Links().Shows().ToBeVisibleAsync();
        await Site.PostAsync("/api/v1/video/download", new { url = $"{Watch}few00000002", format = "mp3" });
        await page.Queue().Shows().ToContainTextAsync("Done");

        await page.PasteAsync("https://www.youtube.com/playlist?list=PLdecant-lab-few-5");

        var card = page.Cards();
        await card.GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = "2. Lab film" })
            .Shows()
            .ToContainTextAsync("fetched before");
        await card.Button("Only new ones").ClickAsync();
        await card.GetByText("4 of 5 chosen").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_a_stranger_wrote_is_shown_as_it_is_and_makes_nothing()
    {
        const string title = "<img id=owned src=x onerror=alert(1)> \u202E</title><script id=owned>alert(2)</script>";
        var url = Site.Origin($"titled/jsonld?title={Uri.EscapeDataString(title)}");
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(url);
        await page.Cards().Shows().ToContainTextAsync("<img id=owned src=x onerror=alert(1)>");
        await Site.PostAsync("/api/v1/video/download", new { url, format = "mp3" });
        await page.Queue().Shows().ToContainTextAsync("</title><script id=owned>");
        await page.Queue().Shows().ToContainTextAsync("Done");
        Assert.Equal(0, await page.Locator("#owned").CountAsync());

        await page.WanderAsync("/library");

        await page.GetByRole(AriaRole.Listitem, new() { Name = "<img id=owned" }).Shows().ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("#owned").CountAsync());
    }

    [Fact]
    public async Task Chapters_lead_to_their_places_and_subtitles_beside_the_file_are_shown()
    {
        var page = await OpenAsync(Screen.Phone);
        await page.PasteAsync($"{Watch}chapters001");
        var card = page.Cards();
        // A choice says what it comes to.
        await card.GetByRole(AriaRole.Radio, new() { Name = "Best video" }).Shows().ToHaveAccessibleNameAsync(Sized());
        await card.Button("More options").ClickAsync();
        await card.GetByRole(AriaRole.Combobox, new() { Name = "Chapter" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Middle" }).ClickAsync();
        await card.GetByText("0:04 long").Shows().ToBeVisibleAsync();
        await Site.PostAsync(
            "/api/v1/video/download",
            new
            {
                url = $"{Watch}chapters001",
                quality = "360p",
                subtitles = new
                {
                    languages = (string[])["en"],
                    mode = "files",
                    format = "vtt",
                },
            }
        );
        await page.Queue().Shows().ToContainTextAsync("Done");

        await page.Queue().GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "0:08 End" }).ClickAsync();

        var (place, tracks) = (
            await dialog.Locator("video").EvaluateAsync<double>("video => video.currentTime"),
            await dialog.Locator("video").EvaluateAsync<int>("video => video.textTracks.length")
        );
        Assert.Equal((true, 1), (place >= 8, tracks));
    }

    [Fact]
    public async Task A_form_that_is_sent_while_the_server_is_away_is_kept_and_says_so()
    {
        var page = await OpenAsync(Screen.Desktop, "/settings/keys");
        await page.GetByLabel("Name").FillAsync("not yet");
        Expected.Add(Away());
        await page.RouteAsync("**/api-keys", route => route.AbortAsync("connectionrefused"));

        await page.Button("Make a key").ClickAsync();

        await page.GetByText("The server cannot be reached", new() { Exact = true }).Shows().ToBeVisibleAsync();
        await page.UnrouteAsync("**/api-keys");
        await page.Button("Make a key").ClickAsync();
        await page.GetByText("Copy it now").Shows().ToBeVisibleAsync();
    }

    [GeneratedRegex("^Best video.*[kM]B$", RegexOptions.None, 1000)]
    private static partial Regex Sized();

    [GeneratedRegex("ERR_CONNECTION_REFUSED", RegexOptions.None, 1000)]
    private static partial Regex Away();
}
