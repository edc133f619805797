namespace Decant.Browser.Tests.Fixture;

/// <summary>Things of the page by what they are to whoever uses it.</summary>
internal static class Reading
{
    public static ILocator Links(this IPage page) =>
        page.GetByRole(AriaRole.Textbox, new() { Name = "Links to media" });

    /// <summary>Pastes into the box, as the keyboard would.</summary>
    public static async Task PasteAsync(this IPage page, string text)
    {
        await page.Links().FocusAsync();
        await page.Links()
            .EvaluateAsync(
                """
                (box, text) => {
                  const clipboardData = new DataTransfer();
                  clipboardData.setData('text', text);
                  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
                }
                """,
                text
            );
    }

    /// <summary>The cards of links that were looked up.</summary>
    public static ILocator Cards(this IPage page) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Looked up" }).GetByRole(AriaRole.Article);

    /// <summary>The rows of jobs under way, and of those that ended since.</summary>
    public static ILocator Queue(this IPage page) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Queue" }).GetByRole(AriaRole.Article);

    public static ILocator Button(this ILocator place, string name) =>
        place.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Chooses what to make by its name.</summary>
    public static Task ChooseAsync(this ILocator card, string preset) =>
        card.GetByRole(AriaRole.Radiogroup).GetByText(preset, new() { Exact = true }).ClickAsync();

    /// <summary>Waits until the page has what it asked the server for: it has a heading, and nothing in it says that it waits.</summary>
    public static async Task SettleAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Heading).First.Shows().ToBeVisibleAsync();
        await page.WaitForFunctionAsync(
            "() => !document.querySelector('.mantine-Loader-root, .mantine-Skeleton-root') && [...document.images].every(one => one.complete || !one.checkVisibility() || one.getBoundingClientRect().top > innerHeight)"
        );
    }

    /// <summary>Another view of the same document, as a link of the page leads there.</summary>
    public static Task WanderAsync(this IPage page, string path) =>
        page.EvaluateAsync("path => history.pushState(null, '', path)", path);

    /// <summary>The box for a password or a key, which has no role.</summary>
    public static ILocator Secret(this IPage page) => page.Locator("input[type=password]");

    public static ILocator Title(this IPage page, string name) =>
        page.GetByRole(AriaRole.Heading, new() { Name = name });

    public static ILocatorAssertions Shows(this ILocator locator) => Assertions.Expect(locator);
}
