using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Webhooks;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server that sends webhooks at once.</summary>
public sealed class QuickHooks : Site
{
    protected override IEnumerable<string> Settings => ["Webhooks:PollEvery=00:00:00.02"];
}

/// <summary>Cookies, webhooks, keys and appearance.</summary>
public sealed partial class SettingsTests(Chromium chromium, QuickHooks site)
    : PageTests(chromium, site),
        IClassFixture<QuickHooks>
{
    private const string Jar =
        "# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t2147483647\tLOGIN_INFO\tnot-a-real-one\n";

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_file_of_cookies_is_kept_shown_by_its_state_and_forgotten(Screen screen)
    {
        var page = await OpenAsync(screen, "/settings/cookies");

        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Button("From a file").ClickAsync());
        await chooser.SetFilesAsync(
            new FilePayload
            {
                Name = "cookies.txt",
                MimeType = "text/plain",
                Buffer = System.Text.Encoding.UTF8.GetBytes(Jar),
            }
        );
        await page.Button("Save").ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "YouTube" });
        await row.Shows().ToContainTextAsync("Good");
        Assert.DoesNotContain("not-a-real-one", await page.ContentAsync(), StringComparison.Ordinal);
        await row.Button("Forget").ClickAsync();
        await page.GetByText("None are kept.").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_webhook_is_made_tested_rotated_and_removed_with_a_log_of_what_it_was_sent()
    {
        await using var receiver = await Receiver.StartAsync(Site.Lab);
        var page = await OpenAsync(Screen.Desktop, "/settings/webhooks");

        await page.GetByLabel("Address").FillAsync(receiver.Url);
        await page.Button("Add").ClickAsync();
        await page.GetByText("Signing secret: copy it now").Shows().ToBeVisibleAsync();
        await page.Button("Send a test").ClickAsync();
        await receiver.NextAsync();
        var log = page.GetByRole(AriaRole.Row);
        await log.First.Shows().ToContainTextAsync("204");
        await log.First.Button("Send again").ClickAsync();
        await receiver.NextAsync();
        await page.Button("New secret").ClickAsync();
        await page.GetByText("Signing secret: copy it now").Shows().ToHaveCountAsync(2);
        await page.Button("Delete").ClickAsync();

        await page.GetByText("Nothing is told anywhere.").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_is_shown_once_and_revoked()
    {
        var page = await OpenAsync(Screen.Desktop, "/settings/keys");

        await page.GetByLabel("Name").FillAsync("backup script");
        await page.Button("Make a key").ClickAsync();
        await page.GetByText("Copy it now").Shows().ToBeVisibleAsync();
        Assert.Matches(AKey(), await page.Locator("code").TextContentAsync() ?? "");
        await page.ReloadAsync();
        await page.Button("Revoke backup script").ClickAsync();

        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "backup script" })
            .Shows()
            .ToContainTextAsync("Revoked");
        Assert.DoesNotMatch(AKey(), await page.ContentAsync());
    }

    [Fact]
    public async Task A_language_and_a_theme_are_kept_in_this_browser()
    {
        var page = await OpenAsync(Screen.Phone, "/settings/appearance");

        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Language" })
            .Or(page.GetByLabel("Language"))
            .First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Deutsch" }).ClickAsync();
        await page.Title("Darstellung").Shows().ToBeVisibleAsync();
        await page.ReloadAsync();

        await page.Title("Darstellung").Shows().ToBeVisibleAsync();
        await page.Locator("html").Shows().ToHaveAttributeAsync("lang", "de");
        await page.Locator("html").Shows().ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
    }

    [GeneratedRegex("ap_[A-Za-z0-9_-]{20,}", RegexOptions.None, 1000)]
    private static partial Regex AKey();
}
