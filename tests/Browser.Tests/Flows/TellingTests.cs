using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>News of jobs wherever one is in the page, and views that break.</summary>
public sealed partial class TellingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private readonly Chromium _chromium = chromium;
    private IBrowser? _whole;

    /// <summary>A tab that nobody looks at, in a browser that allows notifications.</summary>
    private const string Elsewhere = """
        Object.defineProperty(document, 'hidden', { get: () => true });
        Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
        window.shown = [];
        """;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_whole is not null)
        {
            await _whole.CloseAsync();
        }
    }

    [Fact]
    public async Task In_every_room_the_tab_says_how_many_are_under_way_and_a_reader_of_the_screen_when_one_is_done()
    {
        var page = await OpenAsync(Screen.Phone, "/settings/appearance");
        await page.Title("Appearance").Shows().ToBeVisibleAsync();

        var files = new HeldFiles(Site.Lab);
        await Site.PostAsync("/api/v1/video/download", new { url = files.Hold("rooms") });

        await Assertions.Expect(page).ToHaveTitleAsync("(1) Decant");
        files.Release();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is done." }).Shows().ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveTitleAsync("Decant");
    }

    [Fact]
    public async Task A_notification_is_shown_by_the_pages_worker()
    {
        var page = await OpenElsewhereAsync(
            "if (isSecureContext) ServiceWorkerRegistration.prototype.showNotification = async (title, { body }) => void shown.push(body);"
        );

        await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?worker") });

        await page.WaitForFunctionAsync("() => shown.some(text => text.endsWith('is done.'))");
    }

    [Fact]
    public async Task Who_allows_notifications_and_looks_elsewhere_has_one_when_a_download_is_done()
    {
        _whole = await _chromium.LaunchWholeAsync();
        var context = await NewContextAsync(_whole, Screen.Desktop);
        await context.GrantPermissionsAsync(["notifications"]);
        await SignInAsync(context, Site.Key);
        await context.AddInitScriptAsync("Object.defineProperty(document, 'hidden', { get: () => true });");
        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();

        await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?notified") });

        await page.WaitForFunctionAsync(
            """
            async () => {
              const shown = await (await navigator.serviceWorker.ready).getNotifications();
              return shown.some(one => one.title === 'Decant' && one.body.endsWith('is done.') && one.tag.startsWith('job-'));
            }
            """
        );
    }

    [Fact]
    public async Task Where_the_browser_throws_at_a_notification_the_page_goes_on()
    {
        var page = await OpenElsewhereAsync(
            """
            Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => ({ register: () => Promise.reject(new Error('none')) }) });
            const { permission } = Object.getOwnPropertyDescriptors(Notification);
            window.Notification = function () { shown.push('tried'); throw new TypeError('Illegal constructor'); };
            Object.defineProperty(Notification, 'permission', permission);
            """
        );

        await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?throws") });

        await page.WaitForFunctionAsync("() => shown.length > 0");
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "is done." }).Shows().ToHaveCountAsync(1);
        await page.Links().Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_view_that_breaks_says_so_and_the_rest_of_the_page_goes_on()
    {
        Expected.Add(Broken());
        var context = await NewContextAsync(Screen.Desktop);
        await SignInAsync(context, Site.Key);
        await context.RouteAsync(
            "**/video-download/stats",
            route => route.FulfillAsync(new() { ContentType = "application/json", Body = "{}" })
        );
        var page = await OpenAsync(context, "/usage");

        await page.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("This view broke");
        await page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = "Library" })
            .First.ClickAsync();
        await page.Title("Library").Shows().ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Usage" }).First.ClickAsync();
        await context.UnrouteAsync("**/video-download/stats");
        await page.Button("Load the page anew").ClickAsync();
        await page.Title("By platform").Shows().ToBeVisibleAsync();
    }

    private async Task<IPage> OpenElsewhereAsync(string script)
    {
        var context = await NewContextAsync(Screen.Phone);
        await SignInAsync(context, Site.Key);
        await context.AddInitScriptAsync(Elsewhere + script);
        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();
        return page;
    }

    /// <summary>React's own lines of a view that threw.</summary>
    [GeneratedRegex("Cannot convert undefined|The above error|An error occurred", RegexOptions.None, 1000)]
    private static partial Regex Broken();
}
