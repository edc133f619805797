using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Every container that is meant for the web, played by a real browser from its first frame to its end.</summary>
[Long]
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
              media.playbackRate = 4;
            })
            """
        );
        Assert.InRange(ended, 2.8, 3.3);
        await page.GetByText(format.ToUpperInvariant()).First.Shows().ToBeVisibleAsync();
        await Site.Http.DeleteAsync($"/api/v1/video/video-download/jobs/{(long)accepted["job"]!["id"]!}");
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task What_the_browser_cannot_play_says_so_and_a_copy_that_it_can_is_made_as_a_new_job(Screen screen)
    {
        var page = await OpenAsync(screen);
        await page.Links().Shows().ToBeVisibleAsync();
        var accepted = await Site.PostAsync(
            "/api/v1/video/download",
            new
            {
                url = Site.Origin($"media/low.mp4?unplayable={screen}"),
                format = "avi",
                clip = new { start = 2, end = 5 },
            }
        );
        var row = page.Queue();
        await row.Shows().ToContainTextAsync("Done");

        await row.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("This browser cannot play the file");
        await dialog.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("AVI");
        var asked = await page.RunAndWaitForRequestAsync(
            () => dialog.Button("Make a copy that plays here").ClickAsync(),
            "**/video/download"
        );
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Play the copy" }).ClickAsync();

        // The same part of it: a clip goes where its like goes.
        Assert.Contains("\"clip\":", asked.PostData, StringComparison.Ordinal);
        var ended = await page.Locator("video")
            .EvaluateAsync<double>(
                """
                video => new Promise((ended, failed) => {
                  if (video.ended) return ended(video.currentTime);
                  video.onended = () => ended(video.currentTime);
                  video.onerror = () => failed(new Error(video.error.message));
                })
                """
            );
        Assert.InRange(ended, 2.8, 3.3);
        await dialog.GetByText("MP4").First.Shows().ToBeVisibleAsync();
        // The file that was there stays as it is.
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Listitem).Shows().ToHaveCountAsync(2);
        foreach (var id in (long[])[(long)accepted["job"]!["id"]!, await CopyAsync(asked)])
        {
            await Site.Http.DeleteAsync($"/api/v1/video/video-download/jobs/{id}");
        }
    }

    private static async Task<long> CopyAsync(IRequest asked)
    {
        var answer = await asked.ResponseAsync();
        return (await answer!.JsonAsync())!.Value.GetProperty("job").GetProperty("id").GetInt64();
    }
}
