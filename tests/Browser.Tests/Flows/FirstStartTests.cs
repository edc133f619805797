using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server from its first start on, as the program that people run; and killed.</summary>
public sealed partial class FirstStartTests(Chromium chromium, KillableSite site)
    : PageTests(chromium, site),
        IClassFixture<KillableSite>
{
    [Fact]
    public async Task The_first_link_signs_in_asks_for_a_password_and_the_page_outlives_the_servers_death()
    {
        // The secret stands behind the #, which no request and no log has; and it is gone from the tab once it is used up.
        var page = await OpenAsync(Screen.Phone, site.SignInLink.AbsoluteUri, isSignedIn: false);

        await page.GetByLabel("New password").FillAsync(Secrets.Password);
        await page.Button("Save").ClickAsync();
        await page.GetByText("The password is changed.").Shows().ToBeVisibleAsync();
        Assert.DoesNotContain("link=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = "Download" })
            .Last.ClickAsync();

        // Chromium's own lines while nobody answers.
        Expected.Add(Unreachable());
        await site.StopAsync();
        await page.GetByText("The server cannot be reached. What is under way goes on there")
            .Shows()
            .ToBeVisibleAsync();
        await site.StartAsync();
        await page.GetByText("The server cannot be reached. What is under way goes on there").Shows().ToBeHiddenAsync();
        await page.PasteAsync(site.Origin("media/small.mp4"));
        await page.Cards().Button("Download").ClickAsync();
        await page.Queue().Shows().ToContainTextAsync("Done");
    }

    [GeneratedRegex("^Failed to load resource: net::ERR_", RegexOptions.None, 1000)]
    private static partial Regex Unreachable();
}
