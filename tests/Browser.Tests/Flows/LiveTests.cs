using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server that looks every second whether a stream has begun.</summary>
public sealed class WaitingSite : Site
{
    protected override IEnumerable<string> Settings => ["Jobs:LiveLookEvery=00:00:01"];
}

/// <summary>Live streams that are recorded from their start, or before they have one, to a file that plays.</summary>
[Long]
public sealed partial class LiveTests(Chromium chromium, WaitingSite site)
    : PageTests(chromium, site),
        IClassFixture<WaitingSite>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_live_stream_is_recorded_from_its_start(Screen screen)
    {
        var stream = $"live/page-start-{screen}";
        var page = await OpenAsync(screen);

        await page.PasteAsync(Site.Origin($"{stream}/index.m3u8?dvr=1"));
        var card = page.Cards();
        await card.Button("More options").ClickAsync();
        await card.GetByRole(AriaRole.Switch, new() { Name = "From the start" }).CheckAsync();
        var asked = await page.RunAndWaitForRequestAsync(() => card.Button("Record").ClickAsync(), "**/video/download");
        Assert.True((bool)JsonNode.Parse(asked.PostData!)!["live_from_start"]!);
        // It began with five seconds, and has gone on since.
        await KeepAsync(page, SixRecorded());

        Assert.Equal(1, Site.Lab.Requests.Hits($"/{stream}/0.ts"));
        Assert.InRange(await PlayToTheEndAsync(page), 5.9, 60);
    }

    [Theory]
    [InlineData(Screen.Desktop, "duesoon0001")]
    [InlineData(Screen.Phone, "duesoon0002")]
    public async Task A_live_stream_is_waited_for_and_recorded_once_it_begins(Screen screen, string video)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync($"https://www.youtube.com/watch?v={video}");
        await page.Cards().Button("Record it when it begins").ClickAsync();
        var row = page.Queue();
        await row.GetByText("Waiting for the stream").Shows().ToBeVisibleAsync();
        await row.GetByText($"Lab film {video}").Shows().ToBeVisibleAsync();

        Site.Lab.Live.Begin($"youtube/{video}");

        await KeepAsync(page, TwoRecorded());
        Assert.InRange(await PlayToTheEndAsync(page), 1.8, 60);
    }

    private static async Task KeepAsync(IPage page, Regex recorded)
    {
        var row = page.Queue();
        await row.GetByText(recorded).Shows().ToBeVisibleAsync();
        await row.Button("Stop and keep").ClickAsync();
        await row.Shows().ToContainTextAsync("Done");
    }

    /// <returns>Its last moment, in seconds.</returns>
    private static async Task<double> PlayToTheEndAsync(IPage page)
    {
        await page.Queue().GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        return await page.Locator("video")
            .EvaluateAsync<double>(
                """
                media => new Promise((ended, failed) => {
                  const skip = () => { media.currentTime = media.duration - 0.5; void media.play(); };
                  media.onended = () => ended(media.currentTime);
                  media.onerror = () => failed(new Error(media.error.message));
                  if (media.readyState > 0) skip();
                  else media.onloadedmetadata = skip;
                })
                """
            );
    }

    [GeneratedRegex("0:0[6-9] recorded|0:[1-5][0-9] recorded", RegexOptions.None, 1000)]
    private static partial Regex SixRecorded();

    [GeneratedRegex("0:0[2-9] recorded|0:[1-5][0-9] recorded", RegexOptions.None, 1000)]
    private static partial Regex TwoRecorded();
}
