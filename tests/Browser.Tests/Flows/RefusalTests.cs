using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Things that cannot be had: each says why, and offers the cure it has.</summary>
[Collection(typeof(OtherSite))]
public sealed class RefusalTests(Chromium chromium, Site site) : PageTests(chromium, site)
{
    private const string Video = "https://www.youtube.com/watch?v=";

    private static readonly (string Url, string Title, string Cures)[] Refused =
    [
        (Video + "private0001", "It is private", "Give cookies"),
        (Video + "agelimit001", "It is age-restricted", "Give cookies"),
        (Video + "members0001", "It needs a login", "Give cookies"),
        (Video + "deleted0001", "It is not there any more", ""),
        (Video + "regionlock1", "It is not available in this country", ""),
        (Video + "drmlocked01", "It is protected by DRM", ""),
        (Video + "upcoming001", "It has not begun yet", "Try again, Record it when it begins"),
        ("https://media.lab.example/page/none", "No media found there", ""),
        ("https://media.lab.example/status/404", "It is not there any more", ""),
        ("https://media.lab.example/status/500", "The source fails", "Try again"),
        ("http://10.0.0.1/video.mp4", "This address may not be reached", ""),
    ];

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task What_cannot_be_had_says_why_and_offers_its_cure(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync(string.Join('\n', Refused.Select(one => one.Url)));

        foreach (var (url, title, cures) in Refused)
        {
            var card = page.Cards().Filter(new() { HasText = url });
            await card.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync(title);
            var offers = card.GetByRole(AriaRole.Button).Or(card.GetByRole(AriaRole.Link));
            // The first closes the card.
            var names = (await offers.AllInnerTextsAsync()).Where(name => name.Length > 0);
            Assert.Equal((url, cures), (url, string.Join(", ", names)));
        }
    }

    [Fact]
    public async Task The_cure_of_a_private_video_is_the_place_for_cookies()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(Video + "private0001");

        await page.Cards().GetByRole(AriaRole.Link, new() { Name = "Give cookies" }).ClickAsync();

        await page.Title("Cookies").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_download_that_fails_says_why_and_can_be_tried_again()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(Site.Origin("truncated/small.mp4"));

        await page.Cards().Button("Download").ClickAsync();

        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Failed");
        await row.Button("Try again").ClickAsync();
        await row.Shows().ToContainTextAsync("Failed");
    }
}
