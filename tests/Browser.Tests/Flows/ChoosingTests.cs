using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>More than a preset: a part of it, a live stream, and the same from a script.</summary>
public sealed partial class ChoosingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_part_of_a_film_is_cut_out_by_its_two_times(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync(Site.Origin($"media/low.mp4?clip={screen}"));
        var card = page.Cards();
        await card.Button("More options").ClickAsync();
        await card.GetByRole(AriaRole.Textbox, new() { Name = "From" }).FillAsync("0:02");
        await card.GetByRole(AriaRole.Textbox, new() { Name = "To" }).FillAsync("0:06");
        await card.GetByText("0:04 long").Shows().ToBeVisibleAsync();
        // The handle on the time line is moved by the keyboard as well.
        await card.GetByRole(AriaRole.Slider).First.PressAsync("ArrowRight");
        await card.GetByText("0:04 long").Shows().ToBeVisibleAsync();
        await card.Button("Download").ClickAsync();

        await page.Queue().Shows().ToContainTextAsync("Done");
        await page.Queue().Shows().ToContainTextAsync("0:04");
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_live_stream_is_recorded_until_I_stop_it_and_kept(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync(Site.Origin($"live/page-{screen}/index.m3u8"));
        await page.Cards().Button("Record").ClickAsync();
        var row = page.Queue();
        await row.GetByText(Recorded()).Shows().ToBeVisibleAsync();
        await row.Button("Stop and keep").ClickAsync();

        await row.Shows().ToContainTextAsync("Done");
        await row.GetByRole(AriaRole.Link, new() { Name = "Play" }).Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_chosen_can_be_asked_for_by_a_script()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(Site.Origin("media/small.mp4?script"));
        var card = page.Cards();
        await card.ChooseAsync("MP3");
        await card.Button("More options").ClickAsync();

        var script = await card.Locator("pre").TextContentAsync();

        var request = JsonNode.Parse(Body().Match(script!).Groups["json"].Value)!;
        Assert.Equal("mp3", (string?)request["format"]);
        await Site.PostAsync("/api/v1/video/download", request);
        await page.Queue().Shows().ToContainTextAsync("Done");
    }

    [GeneratedRegex("0:0[2-9] recorded", RegexOptions.None, 1000)]
    private static partial Regex Recorded();

    [GeneratedRegex("-d '(?<json>.+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Body();
}
