using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server that makes only small files.</summary>
public sealed class SmallFiles : Site
{
    protected override IEnumerable<string> Settings => ["Limits:MaxBytes=1500000"];
}

/// <summary>Cures of refusals, taken.</summary>
public sealed partial class CureTests(Chromium chromium, SmallFiles site)
    : PageTests(chromium, site),
        IClassFixture<SmallFiles>
{
    private const string Video = "https://www.youtube.com/watch?v=";

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_quality_that_fits_is_taken_by_one_click(Screen screen)
    {
        var page = await OpenAsync(screen);
        await page.PasteAsync($"{Video}toolarge000");

        await page.Cards().Button("Download").ClickAsync();
        var alert = page.Cards().GetByRole(AriaRole.Alert);
        await alert.Shows().ToContainTextAsync("It is too large");
        var cure = alert.GetByRole(AriaRole.Button, new() { NameRegex = Take() });
        var lines = Take().Match(await cure.InnerTextAsync()).Groups["lines"].Value;
        await cure.ClickAsync();

        await page.Queue().First.Shows().ToContainTextAsync($"×{lines} ");
        await page.Cards().Shows().ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_until_when_and_is_let_in_then()
    {
        var page = await OpenAsync(Screen.Phone);
        var asked = 0;
        await page.RouteAsync(
            "**/api/v1/video/info",
            route =>
                asked++ == 0
                    ? route.FulfillAsync(
                        new()
                        {
                            Status = 429,
                            ContentType = "application/problem+json",
                            Headers = new Dictionary<string, string> { ["Retry-After"] = "3" },
                            Body = """{"code":"rate_limited","detail":"60 look-ups a minute.","retryable":true}""",
                        }
                    )
                    : route.ContinueAsync()
        );

        await page.PasteAsync(Site.Origin("media/small.mp4?limit"));

        await page.Cards().GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("It can be tried again at");
        await page.Cards().GetByRole(AriaRole.Heading).Shows().ToHaveTextAsync("small");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_visitor_who_wants_to_give_cookies_signs_in_first_and_is_there()
    {
        var page = await OpenAsync(Screen.Phone, isSignedIn: false);
        await page.PasteAsync($"{Video}private0001");

        await page.Cards().GetByRole(AriaRole.Link, new() { Name = "Give cookies" }).ClickAsync();
        await page.GetByText("Sign in first").Shows().ToBeVisibleAsync();
        await EnterAsync(page);

        await page.Title("Cookies").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_job_that_failed_offers_its_cure_in_the_queue_and_in_the_library()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.Links().Shows().ToBeVisibleAsync();
        // Of a list a private one is found out when its job runs.
        await page.RouteAsync("**/video-download/events*", route => route.AbortAsync());
        await page.RouteAsync(
            "**/video-download/jobs?*",
            async route =>
            {
                var answer = await route.FetchAsync();
                await route.FulfillAsync(
                    new()
                    {
                        Response = answer,
                        Body = (await answer.TextAsync())
                            .Replace("\"status\":\"COMPLETED\"", "\"status\":\"FAILED\"", StringComparison.Ordinal)
                            .Replace(
                                "\"error\":null",
                                "\"error\":{\"code\":\"private_content\",\"message\":\"Only its owner sees it.\"}",
                                StringComparison.Ordinal
                            ),
                    }
                );
            }
        );
        Expected.Add(Failed());
        var job = await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/low.mp4?cure") });
        await Site.EndOfAsync((long)job["job"]!["id"]!);

        await page.WanderAsync("/library");

        var card = page.GetByRole(AriaRole.Listitem).First;
        await card.Shows().ToContainTextAsync("Only its owner sees it.");
        await card.GetByRole(AriaRole.Link, new() { Name = "Give cookies" }).ClickAsync();
        await page.Title("Cookies").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_address_that_was_brought_along_is_kept_through_the_sign_in()
    {
        var page = await OpenAsync(
            Screen.Phone,
            $"/?url={Uri.EscapeDataString(Site.Origin("media/small.mp4?kept"))}",
            isSignedIn: false
        );
        await page.Cards().Shows().ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First.ClickAsync();
        await EnterAsync(page);

        await page.Cards().Button("More options").Shows().ToBeVisibleAsync();
        Assert.Equal("/", new Uri(page.Url).PathAndQuery);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_brought_along_and_is_no_link_is_answered_in_words(bool isSignedIn)
    {
        var page = await OpenAsync(Screen.Phone, "/?url=notalink", isSignedIn);

        await page.GetByText("There is no link in that.").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_clip_that_ends_before_it_begins_is_marked_as_wrong()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.PasteAsync(Site.Origin("media/low.mp4?order"));
        var card = page.Cards();
        await card.Button("More options").ClickAsync();
        var whole = await SizeAsync();

        var end = card.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true });
        await end.FillAsync("0:04");
        // A part is smaller than the whole.
        Assert.NotEqual(whole, await SizeAsync());
        var begin = card.GetByRole(AriaRole.Textbox, new() { Name = "From" });
        await begin.FillAsync("0:06");

        await begin.Shows().ToHaveAttributeAsync("aria-invalid", "true");
        await card.GetByText("The end has to be after the beginning.").Shows().ToBeVisibleAsync();
        await begin.FillAsync("0:02");
        await card.GetByText("0:02 long").Shows().ToBeVisibleAsync();
        await card.GetByText("The end has to be after the beginning.").Shows().ToHaveCountAsync(0);

        Task<string> SizeAsync() => card.GetByText(About()).InnerTextAsync();
    }

    private static async Task EnterAsync(IPage page)
    {
        await page.GetByText("API key", new() { Exact = true }).First.ClickAsync();
        await page.Secret().FillAsync(Site.Key);
        await page.Button("Sign in").ClickAsync();
    }

    [GeneratedRegex("^Take (?<lines>[0-9]+)p$", RegexOptions.None, 1000)]
    private static partial Regex Take();

    [GeneratedRegex("about [0-9]", RegexOptions.None, 1000)]
    private static partial Regex About();

    [GeneratedRegex("ERR_FAILED", RegexOptions.None, 1000)]
    private static partial Regex Failed();
}
