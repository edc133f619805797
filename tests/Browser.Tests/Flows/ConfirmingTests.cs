using System.Net.Http.Json;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server where strangers may sign up, and whose mail goes to a real mail server (npm's, where node is).</summary>
public sealed class MailingSite : Site
{
    private MailServer? _mail;

    public MailServer Mail => _mail!;

    protected override IEnumerable<string> Settings =>
        [.. Mail.Settings, $"PublicBaseUrl={Address.GetLeftPart(UriPartial.Authority)}"];

    public override async ValueTask InitializeAsync()
    {
        _mail = await MailServer.StartAsync(await Fixture.Lab.Internet);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_mail is not null)
        {
            await _mail.DisposeAsync();
        }
    }
}

/// <summary>The page that the link of a confirmation mail leads to.</summary>
public sealed class ConfirmingTests(Chromium chromium, MailingSite site)
    : PageTests(chromium, site),
        IClassFixture<MailingSite>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Who_follows_the_link_and_knows_the_password_has_the_account_and_is_signed_in(Screen screen)
    {
        var email = NewAddress();
        await SignUpAsync(email);
        var link = LinkIn(await site.Mail.NextAsync(email));
        var page = await OpenAsync(screen, link, isSignedIn: false);

        await page.Secret().FillAsync("not the one");
        await page.Button("Confirm").ClickAsync();
        await page.GetByRole(AriaRole.Alert).Shows().ToContainTextAsync("password");
        await page.Secret().FillAsync(Secrets.Password);
        await page.Button("Confirm").ClickAsync();

        await page.Title("Paste a link").Shows().ToBeVisibleAsync();
        await page.Button($"Account of {email}").Shows().ToBeVisibleAsync();
        Assert.Equal("/", new Uri(page.Url).PathAndQuery + new Uri(page.Url).Fragment);
    }

    [Fact]
    public async Task A_new_address_is_asked_for_until_a_click_on_its_link_confirms_it_and_that_link_works_once()
    {
        var (email, other) = (NewAddress(), NewAddress());
        await SignUpAsync(email);
        var page = await OpenAsync(Screen.Phone, LinkIn(await site.Mail.NextAsync(email)), isSignedIn: false);
        await page.Secret().FillAsync(Secrets.Password);
        await page.Button("Confirm").ClickAsync();
        await page.Links().Shows().ToBeVisibleAsync();
        await MoveAsync(page, other);
        var link = LinkIn(await site.Mail.NextAsync(other));

        await page.GotoAsync("/");
        await page.GetByText($"{other} is not confirmed yet").Shows().ToBeVisibleAsync();
        await page.Button("Send it again").ClickAsync();
        var again = LinkIn(await site.Mail.NextAsync(other));
        await page.GotoAsync(again);
        await page.Button("Confirm").ClickAsync();
        await page.GetByText($"{other} is confirmed.").Shows().ToBeVisibleAsync();

        await page.GetByText($"{other} is not confirmed yet").Shows().ToHaveCountAsync(0);
        Assert.Equal("", new Uri(page.Url).Fragment);
        // A mail program that opens it to look at it does no harm, and whoever finds it gains nothing.
        var stranger = await OpenAsync(Screen.Desktop, link, isSignedIn: false);
        await stranger.Button("Confirm").ClickAsync();
        await stranger.GetByRole(AriaRole.Alert).Shows().ToBeVisibleAsync();
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    /// <summary>Address of the page, below the server's.</summary>
    private string LinkIn(Mailed mail) =>
        mail.Text.Split(site.Address.GetLeftPart(UriPartial.Authority))[1].Split('\r', '\n')[0];

    private async Task SignUpAsync(string email)
    {
        using var stranger = new HttpClient { BaseAddress = site.Address };
        using var answer = await stranger.PostAsJsonAsync(
            "/api/v1/auth/register",
            new { email, password = Secrets.Password }
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Gives the account of whoever is signed in there another address.</summary>
    private static async Task MoveAsync(IPage page, string email)
    {
        var status = await page.EvaluateAsync<int>(
            """
            async ([email, current_password]) => (await fetch('/api/v1/auth/me', {
              method: 'PATCH',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ email, current_password }),
            })).status
            """,
            new[] { email, Secrets.Password }
        );
        Assert.Equal(200, status);
    }
}
