using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Every view in both themes, as axe-core reads it: all of its rules, WCAG 2.2 AA and its best practices.</summary>
[Long]
public sealed class AccessibilityTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private static readonly string[] Rooms =
    [
        "/library",
        "/usage",
        "/settings/appearance",
        "/settings/presets",
        "/settings/password",
        "/settings/sessions",
        "/settings/keys",
        "/settings/cookies",
        "/settings/webhooks",
        "/settings/tools",
        "/admin/accounts",
        "/admin/platforms",
        "/admin/machine",
        "/admin/settings",
        "/admin/audit",
        "/nowhere",
    ];

    private readonly List<string> _found = [];

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task No_view_has_a_barrier_in_either_theme(Screen screen)
    {
        var stranger = await OpenAsync(await StillAsync(screen), "/sign-in");
        await stranger.Button("Sign in").Shows().ToBeVisibleAsync();
        await ReadAsync(stranger, "sign-in");
        await stranger.GotoAsync("/");
        await stranger.Links().Shows().ToBeVisibleAsync();
        await ReadAsync(stranger, "visitor");
        var context = await StillAsync(screen);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context);

        await page.PasteAsync(
            """
            https://www.youtube.com/watch?v=jNQXAC9IVRw https://www.youtube.com/watch?v=private0001
            https://www.youtube.com/playlist?list=PLdecant-lab-few-5
            """
        );
        await page.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
        await page.GetByText("5 of 5 chosen").Shows().ToBeVisibleAsync();
        await page.Cards().First.Button("More options").ClickAsync();
        await page.Locator("pre").Shows().ToBeVisibleAsync();
        await ReadAsync(page, "cards");
        await page.Cards().First.Button("Download").ClickAsync();
        await page.Queue().First.Shows().ToContainTextAsync("Done");
        await ReadAsync(page, "queue");
        await page.Queue().First.GetByRole(AriaRole.Link, new() { Name = "Play" }).ClickAsync();
        await page.Locator("video").Shows().ToBeVisibleAsync();
        await ReadAsync(page, "player");
        foreach (var room in Rooms)
        {
            await page.WanderAsync(room);
            await page.SettleAsync();
            await ReadAsync(page, room);
        }

        Assert.True(_found.Count == 0, string.Join('\n', _found));
    }

    [Fact]
    public async Task A_barrier_would_be_found()
    {
        var page = await OpenAsync(Screen.Desktop);
        await page.Links().Shows().ToBeVisibleAsync();
        Assert.Empty(await Axe.ReadAsync(page));

        await page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");

        Assert.StartsWith("button-name", Assert.Single(await Axe.ReadAsync(page)), StringComparison.Ordinal);
    }

    /// <summary>A browser in which nothing moves: a colour on its way to another is nobody's.</summary>
    private async Task<IBrowserContext> StillAsync(Screen screen)
    {
        var context = await NewContextAsync(screen);
        await context.AddInitScriptAsync(
            """
            addEventListener('DOMContentLoaded', () => {
              const still = new CSSStyleSheet();
              still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
              document.adoptedStyleSheets = [still];
            });
            """
        );
        return context;
    }

    private async Task ReadAsync(IPage page, string view)
    {
        _found.AddRange((await LibraryStyles.MissingAsync(page)).Select(name => $"{view}: {name} has no styles"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Note(view, "light", await Axe.ReadAsync(page));
        // Nothing but colours is different in the dark, and they are the same on every screen.
        if (page.ViewportSize!.Width == (int)Screen.Phone && view is not "queue")
        {
            return;
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Note(view, "dark", await Axe.ReadAsync(page, "color-contrast"));
    }

    private void Note(string view, string theme, IReadOnlyList<string> broken) =>
        _found.AddRange(broken.Select(one => $"{view}, {theme}: {one}"));
}
