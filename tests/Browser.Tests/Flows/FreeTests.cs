using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server on which nothing has a price.</summary>
public sealed class FreeSite : Site
{
    protected override IEnumerable<string> Settings => ["Billing:Enabled=false"];
}

public sealed partial class FreeTests(Chromium chromium, FreeSite site)
    : PageTests(chromium, site),
        IClassFixture<FreeSite>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Where_nothing_has_a_price_no_room_speaks_of_money(Screen screen)
    {
        var page = await OpenAsync(screen);
        await page.PasteAsync("https://www.youtube.com/playlist?list=PLdecant-lab-few-5");
        await page.Cards().GetByText("5 of 5 chosen").Shows().ToBeVisibleAsync();
        Assert.DoesNotMatch(Money(), await page.Locator("body").InnerTextAsync());

        foreach (var room in (string[])["/library", "/usage", "/admin/accounts"])
        {
            await page.WanderAsync(room);
            await page.SettleAsync();
            Assert.DoesNotMatch(Money(), await page.Locator("body").InnerTextAsync());
        }
    }

    [Fact]
    public async Task What_was_made_is_drawn_by_day_in_files_bytes_and_minutes()
    {
        var job = await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?free") });
        await Site.EndOfAsync((long)job["job"]!["id"]!);

        var page = await OpenAsync(Screen.Desktop, "/usage");

        await page.Title("By day").Shows().ToBeVisibleAsync();
        await page.GetByText("Size", new() { Exact = true }).ClickAsync();
        await page.Locator(".recharts-bar-rectangle").Shows().ToHaveCountAsync(1);
        await page.Locator(".recharts-surface").First.Shows().ToContainTextAsync(Size());
    }

    [GeneratedRegex("credit|wallet|spent|[$]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Money();

    [GeneratedRegex("[kM]B", RegexOptions.None, 1000)]
    private static partial Regex Size();
}
