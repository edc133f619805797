using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>A server that takes lists at their word, and runs one job at a time.</summary>
public sealed class TrustingSite : Site
{
    protected override IEnumerable<string> Settings =>
        ["Downloads:ListPatience=00:00:00", "Jobs:Workers=1", "Billing:NewAccountCredits=1000000"];
}

/// <summary>Lists of hundreds and thousands.</summary>
[Long]
public sealed partial class LongListTests(Chromium chromium, TrustingSite site)
    : PageTests(chromium, site),
        IClassFixture<TrustingSite>
{
    private const string List = "https://www.youtube.com/playlist?list=PLdecant-lab-";

    [Fact]
    public async Task Five_hundred_ticked_entries_become_one_batch_of_five_hundred()
    {
        var page = await OpenAsync(Screen.Desktop);

        await page.PasteAsync($"{List}many-500");
        await page.Cards().GetByText("500 of 500 chosen").Shows().ToBeVisibleAsync();
        await page.Cards().ChooseAsync("MP3");
        await page.Cards().Button("Download").ClickAsync();

        var batch = page.GetByRole(AriaRole.Article, new() { Name = "Five hundred lab films" });
        await batch.Shows().ToContainTextAsync("of 500");
        await page.Cards().Shows().ToHaveCountAsync(0);
        // Of those that wait, a few are in the document, and each says which number it is.
        await batch.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var rows = batch.GetByRole(AriaRole.Article);
        await rows.Nth(3).GetByText("in the queue").Shows().ToBeVisibleAsync();
        Assert.InRange(await rows.CountAsync(), 4, 40);
        await batch.Button("Cancel").First.ClickAsync();
        await batch.Button("All as zip").Shows().ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Five_thousand_entries_are_ticked_by_ranges_and_scrolled_to_the_last(Screen screen)
    {
        var page = await OpenAsync(screen);

        await page.PasteAsync($"{List}many-5000");
        var card = page.Cards();
        var chosen = card.GetByText(AllChosen());
        await chosen.Shows().ToBeVisibleAsync();
        // A look-up has its time: a machine that has much else to do reads the first part of a long list in it, and the page says so.
        var all = int.Parse(
            AllChosen().Match(await chosen.InnerTextAsync()).Groups["all"].Value,
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );
        Assert.InRange(all, 1_500, 5_000);
        await card.GetByText(Text($"The list has 5,000; the first {all:N0} were read."))
            .Shows()
            .ToHaveCountAsync(all < 5_000 ? 1 : 0);
        await card.GetByLabel("Entries by number").FillAsync($"1-{all - 1000}, {all - 10}-{all}");
        await card.GetByText(Text($"{all - 989:N0} of {all:N0} chosen")).Shows().ToBeVisibleAsync();
        await card.GetByRole(AriaRole.List)
            .EvaluateAsync(
                "list => list.closest('[data-scrollarea-viewport], .mantine-ScrollArea-viewport').scrollTo(0, 1e9)"
            );

        var last = card.GetByRole(AriaRole.Checkbox, new() { Name = Text($"{all:N0}. Lab film") });
        await last.Shows().ToBeCheckedAsync();
        await last.UncheckAsync();
        await card.GetByText(Text($"{all - 990:N0} of {all:N0} chosen")).Shows().ToBeVisibleAsync();
        Assert.InRange(await card.GetByRole(AriaRole.Checkbox).CountAsync(), 5, 40);
    }

    [Fact]
    public async Task What_of_a_list_cannot_be_had_is_not_ticked_and_says_why()
    {
        var page = await OpenAsync(Screen.Desktop);

        await page.PasteAsync("https://www.instagram.com/p/Ccarousel01/");

        var card = page.Cards();
        await card.GetByText("2 of 4 chosen").Shows().ToBeVisibleAsync();
        var dead = card.GetByRole(AriaRole.Listitem).Nth(1);
        await dead.GetByRole(AriaRole.Checkbox).Shows().Not.ToBeCheckedAsync();
        await dead.Shows().ToContainTextAsync("It is not there any more");
        await card.Button("All").ClickAsync();
        await card.GetByText("2 of 4 chosen").Shows().ToBeVisibleAsync();
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"(?<all>[\d,]+) of \k<all> chosen", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AllChosen();
}
