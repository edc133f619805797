using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>The weight of the built page.</summary>
public sealed class SizeTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    /// <summary>Bytes of both, gzipped: a phone's performance is 0.98 with them, and was 0.93 with the half more that they were.</summary>
    private const int MostOfScripts = 165_000;
    private const int MostOfStyles = 13_000;

    /// <summary>The view's own, and what sets the colours before anything is drawn: on a phone each further one waits for a connection.</summary>
    private const int MostScripts = 2;

    /// <summary>Notes what the page had fetched when the box was drawn: what is for later comes after that.</summary>
    private const string Clock = """
        new MutationObserver((_, watch) => {
          if (!document.querySelector('textarea')) return;
          watch.disconnect();
          window.fetched = performance.getEntriesByType('resource').map(one => new URL(one.name).pathname);
        }).observe(document, { subtree: true, childList: true });
        """;

    [Fact]
    public async Task The_first_view_needs_two_scripts_and_a_sheet_and_they_are_small()
    {
        var context = await NewContextAsync(Screen.Desktop);
        await context.AddInitScriptAsync(Clock);
        await SignInAsync(context, Site.Key);
        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();

        var fetched = await page.EvaluateAsync<string[]>("fetched");

        var scripts = Array.FindAll(fetched, path => path.EndsWith(".js", StringComparison.Ordinal));
        var sheets = Array.FindAll(fetched, path => path.EndsWith(".css", StringComparison.Ordinal));
        Assert.InRange(scripts.Length, 1, MostScripts);
        Assert.Single(sheets);
        Assert.InRange(scripts.Sum(GzippedLength), 1, MostOfScripts);
        Assert.InRange(sheets.Sum(GzippedLength), 1, MostOfStyles);
    }

    /// <summary>Length of the file that the build compressed beside it; those under the build's threshold are plain.</summary>
    private static long GzippedLength(string path)
    {
        var file = Site.BuiltPage + path;
        return new FileInfo(File.Exists(file + ".gz") ? file + ".gz" : file).Length;
    }
}
