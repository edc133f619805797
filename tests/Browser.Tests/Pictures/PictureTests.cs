using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Pictures;

/// <summary>A server for pictures.</summary>
public sealed class PosingSite : Site
{
    /// <summary><c>1</c> for all screens, or widths of some.</summary>
    public static string? Asked { get; } = Environment.GetEnvironmentVariable("DECANT_PICTURES");

    protected override bool IsWanted => Asked is { Length: > 0 };
}

/// <summary>
/// Pictures of the page, taken by <c>scripts/pictures.sh</c>: every view on a phone, a desktop, a small one at 200 % and 4K, in both
/// themes, into <c>artifacts/pictures</c>, to be looked at; and those that the README shows into <c>docs/pictures</c>.
/// </summary>
public sealed partial class PictureTests(Chromium chromium, PosingSite site)
    : PageTests(chromium, site),
        IClassFixture<PosingSite>
{
    private static readonly string[] Shown =
    [
        "add-1280-light",
        "add-390-light",
        "queue-1280-dark",
        "library-1280-light",
    ];

    private static readonly string[] Links =
    [
        "https://www.youtube.com/watch?v=jNQXAC9IVRw",
        "https://vimeo.com/76979871",
        "https://www.tiktok.com/@decantlab/video/7123456789012345678",
        "https://x.com/decantlab/status/1234567890123456789",
        "https://media.lab.example/media/audio.flac",
        "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
    ];

    private static readonly string[] Rooms =
    [
        "usage",
        "settings/appearance",
        "settings/presets",
        "settings/password",
        "settings/sessions",
        "settings/keys",
        "settings/cookies",
        "settings/webhooks",
        "settings/tools",
        "admin/accounts",
        "admin/platforms",
        "admin/machine",
        "admin/settings",
        "admin/audit",
    ];

    public static TheoryData<int, ColorScheme> Views =>
        new(
            from width in (int[])[390, 640, 1280, 3840]
            from scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]
            select (width, scheme)
        );

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_sits_for_its_pictures(int width, ColorScheme scheme)
    {
        Assert.SkipUnless(
            PosingSite.Asked == "1" || PosingSite.Asked?.Split(',').Contains($"{width}") == true,
            "scripts/pictures.sh takes them."
        );
        var mark = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        var stranger = await OpenAsync(await NewContextAsync((Screen)width, scheme), "/sign-in");
        await stranger.Button("Sign in").Shows().ToBeVisibleAsync();
        await TakeAsync(stranger, $"sign-in-{mark}");
        await stranger.GotoAsync("/");
        await stranger.Links().Shows().ToBeVisibleAsync();
        await TakeAsync(stranger, $"visitor-{mark}");

        var context = await NewContextAsync((Screen)width, scheme);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();
        await page.SettleAsync();
        await TakeAsync(page, $"empty-{mark}");
        await page.PasteAsync(Links[0]);
        await page.Cards().GetByRole(AriaRole.Heading).Shows().ToBeVisibleAsync();
        await page.SettleAsync();
        await TakeAsync(page, $"add-{mark}");
        await page.Cards().Button("More options").ClickAsync();
        await page.Locator("pre").Shows().ToBeVisibleAsync();
        // To its end, where the clip's handles and the script are.
        await page.SetViewportSizeAsync(width, 1700);
        await TakeAsync(page, $"more-{mark}");
        await page.SetViewportSizeAsync(width, HeightOf((Screen)width));
        await page.PasteAsync(
            "https://www.youtube.com/watch?v=private0001 https://www.youtube.com/playlist?list=PLdecant-lab-few-5"
        );
        await page.GetByText("5 of 5 chosen").Shows().ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
        await TakeAsync(page, $"cards-{mark}");

        // What ends before the stream is open is not in the queue.
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync("/"), "**/video-download/events");
        foreach (var link in Links)
        {
            await Site.PostAsync(
                "/api/v1/video/download",
                new { url = link, format = link.EndsWith("flac", StringComparison.Ordinal) ? "mp3" : "mp4" }
            );
        }

        await page.Queue().Filter(new() { HasText = "Done" }).Nth(Links.Length - 2).Shows().ToBeVisibleAsync();
        await page.Queue().Filter(new() { HasText = "5 of 5" }).Shows().ToBeVisibleAsync();
        var slow = await Site.PostAsync(
            "/api/v1/video/download",
            new { url = Site.Origin($"media/small.mp4?rate=40000&{mark}") }
        );
        await page.Queue().Filter(new() { HasTextRegex = OnItsWay() }).First.Shows().ToContainTextAsync("left");
        await TakeAsync(page, $"queue-{mark}");
        // It may have ended meanwhile.
        using var end = await Site.Http.PostAsync(
            $"/api/v1/video/video-download/jobs/{(long)slow["job"]!["id"]!}/cancel",
            null
        );

        await page.WanderAsync("/library");
        await page.GetByRole(AriaRole.Listitem).Nth(2).Shows().ToBeVisibleAsync();
        await page.SettleAsync();
        await TakeAsync(page, $"library-{mark}");
        await page.GotoAsync("/library?search=jNQ");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = APlayedFilm() }).First.ClickAsync();
        await page.Locator("video")
            .EvaluateAsync(
                "video => new Promise(seen => { video.pause(); video.oncanplaythrough = seen; video.currentTime = 3; })"
            );
        await TakeAsync(page, $"player-{mark}");
        foreach (var room in Rooms)
        {
            await page.GotoAsync($"/{room}");
            await page.SettleAsync();
            await TakeAsync(page, $"{room.Replace('/', '-')}-{mark}");
        }
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await TakeIntoAsync(page, Path.Combine(Repository.Root, "artifacts", "pictures", $"{name}.png"));
        if (Shown.Contains(name))
        {
            await TakeIntoAsync(page, Path.Combine(Repository.Root, "docs", "pictures", $"{name}.png"));
        }
    }

    private static Task<byte[]> TakeIntoAsync(IPage page, string path) =>
        page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });

    [GeneratedRegex(@"[1-9][0-9]?\s?%", RegexOptions.None, 1000)]
    private static partial Regex OnItsWay();

    [GeneratedRegex("^Play Lab film jNQ", RegexOptions.None, 1000)]
    private static partial Regex APlayedFilm();
}
