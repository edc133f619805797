using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Every container that is meant for the web, played by a real browser from its first frame to its end.</summary>
public sealed class PlayingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData("mp4")]
    [InlineData("webm")]
    [InlineData("mp3")]
    [InlineData("m4a")]
    [InlineData("ogg")]
    [InlineData("opus")]
    [InlineData("flac")]
    [InlineData("wav")]
    public async Task Chromium_plays_each_container_of_the_web_to_its_end(string format)
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.Links().Shows().ToBeVisibleAsync();
        var accepted = await Site.PostAsync(
            "/api/v1/video/download",
            new
            {
                url = Site.Origin("media/low.mp4"),
                format,
                quality = format == "webm" ? "144p" : "best",
                clip = new { start = 2, end = 5 },
            }
        );
        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Done");

        await row.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();

        var media = page.Locator("video, audio");
        var ended = await media.EvaluateAsync<double>(
            """
            media => new Promise((ended, failed) => {
              const end = () => ended(media.currentTime);
              if (media.ended) return end();
              media.onended = end;
              media.onerror = () => failed(new Error(media.error.message));
            })
            """
        );
        Assert.InRange(ended, 2.8, 3.3);
        await page.GetByText(format.ToUpperInvariant()).First.Shows().ToBeVisibleAsync();
        await Site.Http.DeleteAsync($"/api/v1/video/video-download/jobs/{(long)accepted["job"]!["id"]!}");
    }
}
