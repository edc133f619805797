using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Several tabs of one browser, and a stream that breaks.</summary>
public sealed partial class TabsTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const string Stream = "**/video-download/events*";

    [Fact]
    public async Task Two_tabs_share_one_stream_and_the_second_takes_it_over()
    {
        var context = await NewContextAsync(Screen.Desktop);
        await SignInAsync(context, Site.Key);
        var streams = 0;
        context.Request += (_, request) => streams += request.Url.Contains("/events", StringComparison.Ordinal) ? 1 : 0;
        var first = await OpenAsync(context);
        await first.Links().Shows().ToBeVisibleAsync();
        var second = await OpenAsync(context);
        await second.Links().Shows().ToBeVisibleAsync();

        await first.PasteAsync(Site.Origin("media/small.mp4?tabs=1"));
        await first.Cards().Button("Download").ClickAsync();
        await second.Queue().Filter(new() { HasText = "small" }).Shows().ToContainTextAsync("Done");
        Assert.Equal(1, streams);

        var taken = second.WaitForRequestAsync(Stream);
        await first.CloseAsync();
        // What ended between the two is told of.
        Assert.Contains("?last_event_id=", (await taken).Url, StringComparison.Ordinal);
        await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?tabs=2") });
        // That of the other test, which ended a moment before, may be told of again.
        var own = second.Queue().Filter(new() { HasText = "small" });
        await own.Shows().ToHaveCountAsync(2);
        await own.First.Shows().ToContainTextAsync("Done");
    }

    [Fact]
    public async Task A_stream_that_is_cut_is_asked_for_again_and_nothing_is_missed()
    {
        var context = await NewContextAsync(Screen.Phone);
        await SignInAsync(context, Site.Key);
        Expected.Add(Cut());
        // Cut before it says a word, and again until the job has begun and ended with nobody to hear of it.
        await context.RouteAsync(Stream, route => route.AbortAsync("connectionreset"));
        var page = await OpenAsync(context);

        await page.GetByText("The server cannot be reached. What is under way").Shows().ToBeVisibleAsync();
        var job = await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/low.mp4?cut=1") });
        await Site.EndOfAsync(job["job"]!["id"]!.GetValue<long>());
        await context.UnrouteAsync(Stream);

        // Those of the other test may be told of again, likewise.
        await page.Queue().Filter(new() { HasText = "low" }).Shows().ToContainTextAsync("Done");
        await page.GetByText("The server cannot be reached. What is under way").Shows().ToBeHiddenAsync();
    }

    [GeneratedRegex("ERR_CONNECTION_RESET", RegexOptions.None, 1000)]
    private static partial Regex Cut();
}
