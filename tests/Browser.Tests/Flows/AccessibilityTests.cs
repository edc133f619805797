using Decant.Browser.Tests.Fixture;
using Deque.AxeCore.Playwright;

namespace Decant.Browser.Tests.Flows;

/// <summary>
/// Every view in both themes, as axe-core reads it (WCAG 2.2 AA and its best practices). Run on request alone (<c>-explicit on</c>) until
/// what it found is mended: names that differ from labels, landmarks that are not unique.
/// </summary>
public sealed class AccessibilityTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private static readonly string[] Rooms =
    [
        "/",
        "/library",
        "/usage",
        "/settings/appearance",
        "/settings/password",
        "/settings/keys",
        "/settings/cookies",
        "/settings/webhooks",
        "/settings/tools",
        "/admin/accounts",
        "/admin/platforms",
        "/admin/machine",
        "/admin/audit",
        "/nowhere",
    ];

    public static TheoryData<Screen, ColorScheme> Views =>
        new(
            from screen in Enum.GetValues<Screen>()
            from scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]
            select (screen, scheme)
        );

    [Theory(Explicit = true)]
    [MemberData(nameof(Views))]
    public async Task No_room_has_a_barrier(Screen screen, ColorScheme scheme)
    {
        var context = await NewContextAsync(screen, scheme);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context);
        List<string> found = [];
        foreach (var room in Rooms)
        {
            await page.GotoAsync(room);
            await page.SettleAsync();
            found.AddRange(await BarriersAsync(page, room));
        }

        Assert.Equal([], found);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Views))]
    public async Task No_card_row_dialog_or_door_has_a_barrier(Screen screen, ColorScheme scheme)
    {
        List<string> found = [];
        var stranger = await OpenAsync(await NewContextAsync(screen, scheme), "/sign-in");
        await stranger.Button("Sign in").Shows().ToBeVisibleAsync();
        found.AddRange(await BarriersAsync(stranger, "sign-in"));
        await stranger.GotoAsync("/");
        await stranger.Links().Shows().ToBeVisibleAsync();
        found.AddRange(await BarriersAsync(stranger, "visitor"));
        var context = await NewContextAsync(screen, scheme);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context);

        await page.PasteAsync(
            "https://www.youtube.com/watch?v=jNQXAC9IVRw https://www.youtube.com/watch?v=private0001"
        );
        await page.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
        await page.Cards().First.Button("More options").Or(page.Cards().Last.Button("More options")).ClickAsync();
        await page.Locator("pre").Shows().ToBeVisibleAsync();
        found.AddRange(await BarriersAsync(page, "cards"));
        await page.Button("Download").Last.ClickAsync();
        await page.Queue().First.Shows().ToContainTextAsync("Done");
        found.AddRange(await BarriersAsync(page, "queue"));
        await page.Queue().First.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        await page.Locator("video").Shows().ToBeVisibleAsync();
        found.AddRange(await BarriersAsync(page, "player"));

        Assert.Equal([], found);
    }

    private static async Task<IEnumerable<string>> BarriersAsync(IPage page, string view)
    {
        var result = await page.RunAxe();
        return result.Violations.Select(one =>
            $"{view}: {one.Id} ({one.Help}): {string.Join("; ", one.Nodes.Take(3).Select(node => node.Html))}"
        );
    }
}
