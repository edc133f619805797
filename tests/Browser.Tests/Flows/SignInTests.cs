using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>The doors of the page, and how they close.</summary>
public sealed class SignInTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_wrong_password_is_refused_in_words_and_the_right_one_lets_in(Screen screen)
    {
        var email = await AccountAsync();
        var page = await OpenAsync(screen, "/sign-in", isSignedIn: false);

        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail address" }).FillAsync(email);
        await page.Secret().FillAsync("not that one");
        await page.Button("Sign in").ClickAsync();
        await page.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
        await page.Secret().FillAsync(Secrets.Password);
        await page.Button("Sign in").ClickAsync();

        await page.Title("Paste a link").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_signs_in_and_signing_out_forgets_everything()
    {
        var page = await OpenAsync(Screen.Desktop, "/sign-in", isSignedIn: false);

        await page.GetByText("API key", new() { Exact = true }).First.ClickAsync();
        await page.Secret().FillAsync(Site.Key);
        await page.Button("Sign in").ClickAsync();
        await page.Title("Paste a link").Shows().ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).Shows().ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_menu_of_the_account_which_comes_when_it_is_wanted_is_for_the_keyboard_too()
    {
        var page = await OpenAsync(Screen.Desktop);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Account of" });
        var menu = page.GetByRole(AriaRole.Menu);
        await button.Shows().ToHaveAttributeAsync("aria-expanded", "false");

        for (var turn = 0; turn < 2; turn++)
        {
            await button.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            // The menu takes the focus a moment after it is there, and only then hears keys.
            await page.Locator("[role=menu]:focus-within").Shows().ToBeVisibleAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await menu.GetByRole(AriaRole.Menuitem).First.Shows().ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Escape");
            await menu.Shows().ToBeHiddenAsync();
            await button.Shows().ToBeFocusedAsync();
        }
    }

    private async Task<string> AccountAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await Site.PostAsync("/api/v1/admin/users", new { email, password = Secrets.Password });
        return email;
    }
}
