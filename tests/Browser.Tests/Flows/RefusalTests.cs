using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Things that cannot be had: each says why, and offers the cure it has.</summary>
public sealed class RefusalTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const string Video = "https://www.youtube.com/watch?v=";

    [Theory]
    [InlineData(Video + "private0001", "It is private", "Give cookies")]
    [InlineData(Video + "agelimit001", "It is age-restricted", "Give cookies")]
    [InlineData(Video + "members0001", "It needs a login", "Give cookies")]
    [InlineData(Video + "deleted0001", "It is not there any more", null)]
    [InlineData(Video + "regionlock1", "It is not available in this country", null)]
    [InlineData(Video + "drmlocked01", "It is protected by DRM", null)]
    [InlineData(Video + "upcoming001", "It has not begun yet", "Try again, Record it when it begins")]
    [InlineData("https://media.lab.example/page/none", "No media found there", null)]
    [InlineData("https://media.lab.example/status/404", "It is not there any more", null)]
    [InlineData("https://media.lab.example/status/500", "The source fails", "Try again")]
    [InlineData("http://10.0.0.1/video.mp4", "This address may not be reached", null)]
    public async Task What_cannot_be_had_says_why_and_offers_its_cure(string url, string title, string? cure)
    {
        var page = await OpenAsync(Screen.Phone);

        await page.PasteAsync(url);

        var card = page.Cards();
        var alert = card.GetByRole(AriaRole.Alert);
        await alert.Shows().ToContainTextAsync(title);
        await alert.Shows().ToContainTextAsync(url);
        var offers = card.GetByRole(AriaRole.Button).Or(card.GetByRole(AriaRole.Link));
        // The first closes the card.
        var names = (await offers.AllInnerTextsAsync()).Where(name => name.Length > 0);
        Assert.Equal(cure ?? "", string.Join(", ", names));
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
