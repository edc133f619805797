using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Every room in both directions of writing, on the narrowest screen and at 200 % of a small one.</summary>
public sealed class DirectionTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
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
    ];

    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Zoomed)]
    public async Task Nothing_is_wider_than_the_screen_from_right_to_left_or_from_left_to_right(Screen screen)
    {
        var page = await OpenAsync(screen);
        List<string> wider = [];
        await page.PasteAsync(
            "https://www.youtube.com/playlist?list=PLdecant-lab-few-5 https://www.youtube.com/watch?v=chapters001"
        );
        await page.GetByText("5 of 5 chosen").Shows().ToBeVisibleAsync();
        await page.Button("More options").Last.ClickAsync();
        await page.Locator("pre").Shows().ToBeVisibleAsync();
        await MeasureAsync("cards");
        foreach (var room in Rooms)
        {
            await page.WanderAsync(room);
            await page.SettleAsync();
            await MeasureAsync(room);
        }

        Assert.True(wider.Count == 0, string.Join('\n', wider));

        async Task MeasureAsync(string view)
        {
            foreach (var direction in (string[])["rtl", "ltr"])
            {
                var over = await page.EvaluateAsync<string[]>(
                    """
                    direction => {
                      document.documentElement.dir = direction;
                      const screen = document.documentElement.clientWidth;
                      if (document.documentElement.scrollWidth <= screen) return [];
                      return [...document.querySelectorAll('main *')]
                        .filter(one => { const place = one.getBoundingClientRect(); return place.width > 0 && (place.left < -1 || place.right > screen + 1); })
                        .slice(0, 3)
                        .map(one => one.outerHTML.slice(0, 160));
                    }
                    """,
                    direction
                );
                wider.AddRange(over.Select(one => $"{view}, {direction}: {one}"));
            }
        }
    }

    [Fact]
    public async Task From_right_to_left_the_rooms_stand_on_the_right()
    {
        var page = await OpenAsync(Screen.Desktop);
        var rooms = page.GetByRole(AriaRole.Navigation);
        await rooms.Shows().ToBeVisibleAsync();

        await page.EvaluateAsync("document.documentElement.dir = 'rtl'");

        var place = (await rooms.BoundingBoxAsync())!;
        Assert.Equal((int)Screen.Desktop, place.X + place.Width);
    }
}
