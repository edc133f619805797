using System.Diagnostics;
using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;
using Microsoft.Data.Sqlite;

namespace Decant.Browser.Tests.Flows;

/// <summary>Ways into the page from elsewhere, and out of it again.</summary>
public sealed partial class ReachingTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    [Fact]
    public async Task Links_that_are_dropped_are_looked_up()
    {
        var page = await OpenAsync(Screen.Desktop);
        var links = $"{Site.Origin("media/small.mp4?dropped1")}\r\n{Site.Origin("media/small.mp4?dropped2")}";

        await page.Links()
            .EvaluateAsync(
                """
                (box, links) => {
                  const dataTransfer = new DataTransfer();
                  dataTransfer.setData('text/uri-list', links);
                  for (const kind of ['dragover', 'drop'])
                    box.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
                }
                """,
                links
            );

        await page.Cards().Shows().ToHaveCountAsync(2);
        await page.Button("Download all 2").Shows().ToBeEnabledAsync();
    }

    [Fact]
    public async Task The_bookmarklet_brings_the_page_one_is_on()
    {
        var page = await OpenAsync(Screen.Desktop, "/settings/tools");
        var link = page.GetByText("To Decant").Locator("xpath=ancestor-or-self::a");

        var script = await link.GetAttributeAsync("href");

        Assert.StartsWith("javascript:", script, StringComparison.Ordinal);
        // As the browser runs it on whatever page it is on: here, on another of ours.
        await page.GotoAsync("/docs");
        await page.EvaluateAsync(script!["javascript:".Length..]);
        await page.Cards().Shows().ToContainTextAsync(new Uri(Site.Address, "/docs").AbsoluteUri);
    }

    [Fact]
    public async Task A_phone_shares_into_the_installed_page()
    {
        var page = await OpenAsync(Screen.Phone);
        var manifest = (
            await page.EvaluateAsync(
                "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
            )
        )!.Value;
        var target = manifest.GetProperty("share_target");
        var (action, text) = (
            target.GetProperty("action").GetString(),
            target.GetProperty("params").GetProperty("text").GetString()
        );

        // Many programs put the link behind words, into the text.
        var words = Uri.EscapeDataString($"Look at this: {Site.Origin("media/small.mp4?shared")}");
        await page.GotoAsync($"{action}?title=A%20film&{text}={words}");

        await page.Cards().GetByRole(AriaRole.Heading).Shows().ToHaveTextAsync("small");
        Assert.Equal("GET", target.GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_file_opens_in_a_tab_of_its_own_and_says_how_long_it_lives()
    {
        var job = await Site.PostAsync("/api/v1/video/download", new { url = Site.Origin("media/small.mp4?tab") });
        await Site.EndOfAsync((long)job["job"]!["id"]!);
        var page = await OpenAsync(Screen.Desktop, "/library");
        var card = page.GetByRole(AriaRole.Listitem).First;
        await card.GetByText("File goes in 3 days")
            .Or(card.GetByText("File goes in 2 days"))
            .Shows()
            .ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        var tab = await page.Context.RunAndWaitForPageAsync(() =>
            page.GetByRole(AriaRole.Menuitem, new() { Name = "Open in a tab" }).ClickAsync()
        );

        // Known once the film itself was loaded; the tab runs no script to ask otherwise.
        await tab.Locator("video").Shows().Not.ToHaveJSPropertyAsync("videoWidth", 0);
        Assert.Contains("inline=1", tab.Url, StringComparison.Ordinal);
        // A file's document has no store that could be looked into.
        await tab.CloseAsync();
    }

    [Fact]
    public async Task A_preset_of_ones_own_is_kept_and_chosen_by_one_click()
    {
        var page = await OpenAsync(Screen.Desktop, "/settings/presets");
        await page.GetByLabel("Name").FillAsync("For the car");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Format" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "flac" }).ClickAsync();
        await page.Button("Save").ClickAsync();
        await page.Button("Delete the preset For the car").Shows().ToBeVisibleAsync();

        await page.WanderAsync("/");
        await page.PasteAsync(Site.Origin("media/small.mp4?own"));
        await page.Cards().ChooseAsync("For the car");
        await page.Cards().Button("Download").ClickAsync();

        await page.Queue().Shows().ToContainTextAsync("FLAC");
        await page.Queue().Shows().ToContainTextAsync("Done");
    }

    [Fact]
    public async Task All_other_sessions_are_ended_and_show_the_door()
    {
        var other = await OpenAsync(Screen.Phone);
        await other.Links().Shows().ToBeVisibleAsync();
        var page = await OpenAsync(Screen.Desktop, "/settings/sessions");
        await page.GetByText("this one").Shows().ToHaveCountAsync(1);

        await page.Button("End all others").ClickAsync();

        await page.GetByText("All other sessions have ended.").Shows().ToBeVisibleAsync();
        await other.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).Shows().ToBeVisibleAsync();
        await page.Title("Sessions").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_whose_time_is_over_is_shown_the_door()
    {
        var page = await OpenAsync(Screen.Desktop, "/settings/keys");
        await page.GetByLabel("Name").FillAsync("too late");
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Site.DataDirectory, "decant.db")}"
        );
        await connection.OpenAsync();
        await using var end = connection.CreateCommand();
        end.CommandText = "UPDATE Sessions SET ExpiresAt = CreatedAt";
        await end.ExecuteNonQueryAsync();

        await page.Button("Make a key").ClickAsync();

        await page.Title("Sign in").Shows().ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_link_that_the_command_prints_signs_in_once()
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "decant.dll"),
            "link",
            "--data",
            Site.DataDirectory,
            "--url",
            Site.Address.GetLeftPart(UriPartial.Authority),
        ];
        using var command = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        var link = Address().Match(said).Value;

        var page = await OpenAsync(Screen.Phone, link, isSignedIn: false);
        await page.Title("Password").Shows().ToBeVisibleAsync();
        var late = await OpenAsync(Screen.Phone, link, isSignedIn: false);
        await late.Title("Sign in").Shows().ToBeVisibleAsync();
        await late.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
        // Used up, it is nobody's secret any more; the test leaves the address all the same.
        await late.GotoAsync("/");
    }

    [GeneratedRegex(@"http\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
