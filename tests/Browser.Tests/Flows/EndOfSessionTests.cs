using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Sessions that end while the page is open.</summary>
public sealed class EndOfSessionTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Fact]
    public async Task An_account_that_is_disabled_in_the_middle_is_shown_the_door_at_once()
    {
        var account = await Site.PostAsync(
            "/api/v1/admin/users",
            new { email = "ended@example.org", password = Secrets.Password }
        );
        var page = await OpenAsync(Screen.Desktop, "/sign-in", isSignedIn: false);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail address" }).FillAsync("ended@example.org");
        await page.Secret().FillAsync(Secrets.Password);
        await page.Button("Sign in").ClickAsync();
        await page.Links().Shows().ToBeVisibleAsync();

        await Site.PostAsync($"/api/v1/admin/users/{(long)account["id"]!}/disable", new { });

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).Shows().ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_key_that_is_revoked_in_the_middle_ends_the_session_it_began(Screen screen)
    {
        var key = await Site.PostAsync("/api/v1/auth/api-keys", new { name = "lent", scopes = (string[])["*"] });
        var context = await NewContextAsync(screen);
        await SignInAsync(context, (string)key["key"]!);
        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();

        using var revoked = await Site.Http.DeleteAsync($"/api/v1/auth/api-keys/{(long)key["id"]!}");

        Assert.True(revoked.IsSuccessStatusCode);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_has_expired_leads_to_the_sign_in()
    {
        var context = await NewContextAsync(Screen.Phone);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context, "/settings/keys");
        await page.GetByLabel("Name").FillAsync("too late");

        await context.ClearCookiesAsync();
        await page.Button("Make a key").ClickAsync();

        await page.Title("Sign in").Shows().ToBeVisibleAsync();
    }
}
