using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>Work of the administrator.</summary>
public sealed class AdministratorTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task An_account_is_made_granted_credits_promoted_and_disabled_and_the_trail_has_it_all(Screen screen)
    {
        var email = $"{screen}@example.org".ToLowerInvariant();
        var page = await OpenAsync(screen, "/admin/accounts");

        await page.Button("New account").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("E-mail address").FillAsync(email);
        await page.Secret().FillAsync(Secrets.Password);
        await dialog.Button("New account").ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = email });
        await row.Shows().ToContainTextAsync("10,000");
        await ActAsync("Grant");
        await dialog.GetByLabel("Credits").FillAsync("500");
        await dialog.GetByLabel("Note").FillAsync("a birthday");
        await dialog.Button("Grant").ClickAsync();
        await row.Shows().ToContainTextAsync("10,500");
        await ActAsync("Make an administrator");
        await row.Shows().ToContainTextAsync("Administrator");
        await ActAsync("Disable");
        await row.Shows().ToContainTextAsync("Disabled");

        await page.GetByRole(AriaRole.Link, new() { Name = "Audit trail" }).ClickAsync();
        await page.GetByRole(AriaRole.Row).First.Shows().ToBeVisibleAsync();

        async Task ActAsync(string what)
        {
            await page.Button($"Actions of {email}").Or(page.Button($"Actions for {email}")).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = what, Exact = true }).ClickAsync();
        }
    }

    [Fact]
    public async Task The_hundred_and_first_account_is_reached_too()
    {
        await Site.PostAsync(
            "/api/v1/admin/users",
            new { email = "crowd000@example.org", password = Secrets.Password }
        );
        await Copies.MakeAsync(
            Site,
            "Accounts",
            100,
            new Dictionary<string, string>
            {
                ["Email"] = "printf('crowd%03d@example.org', i)",
                ["NormalizedEmail"] = "printf('CROWD%03d@EXAMPLE.ORG', i)",
            }
        );
        var page = await OpenAsync(Screen.Desktop, "/admin/accounts");
        var rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "crowd" });
        await rows.Shows().ToHaveCountAsync(100);

        await page.Button("Show more").ClickAsync();

        await rows.Shows().ToHaveCountAsync(101);
    }

    [Fact]
    public async Task The_machine_and_the_platforms_say_how_they_are()
    {
        var page = await OpenAsync(Screen.Desktop, "/admin/machine");

        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "ffmpeg" })
            .First.Shows()
            .ToContainTextAsync("Present");
        await page.GetByText("workers busy here").Shows().ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Platforms" }).ClickAsync();
        await page.GetByText("yt-dlp 20").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_else_finds_no_administration()
    {
        await Site.PostAsync("/api/v1/admin/users", new { email = "plain@example.org", password = Secrets.Password });
        var context = await NewContextAsync(Screen.Desktop);
        var answer = await context.APIRequest.PostAsync(
            "/api/v1/auth/session",
            new()
            {
                DataObject = new Dictionary<string, string>
                {
                    ["username"] = "plain@example.org",
                    ["password"] = Secrets.Password,
                },
            }
        );
        Assert.True(answer.Ok);

        var page = await OpenAsync(context, "/admin");

        await page.Title("Nothing is here").Shows().ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administration" }).Shows().ToHaveCountAsync(0);
    }
}
