using System.Collections.Concurrent;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>The weight of the built page.</summary>
public sealed class SizeTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const int Most = 250_000;

    /// <summary>The view's own, and what sets the colours before anything is drawn: on a phone each further one waits for a connection.</summary>
    private const int MostScripts = 2;

    [Fact]
    public async Task The_first_view_needs_two_scripts_of_250_kB_gzipped_at_most()
    {
        var context = await NewContextAsync(Screen.Desktop);
        await SignInAsync(context, Site.Key);
        ConcurrentBag<string> scripts = [];
        context.Request += (_, request) =>
        {
            if (request.ResourceType == "script")
            {
                scripts.Add(new Uri(request.Url).AbsolutePath);
            }
        };

        var page = await OpenAsync(context);
        await page.Links().Shows().ToBeVisibleAsync();

        Assert.True(scripts.Distinct().Count() <= MostScripts, string.Join('\n', scripts));
        var sizes = scripts.Distinct().Select(path => (path, GzippedLength(path))).ToList();
        Assert.True(
            sizes.Sum(one => one.Item2) <= Most,
            string.Join('\n', sizes.OrderByDescending(one => one.Item2).Prepend(("all", sizes.Sum(one => one.Item2))))
        );
    }

    /// <summary>Length of the file that the build compressed beside it; those under the build's threshold are plain.</summary>
    private static long GzippedLength(string path)
    {
        var file = Site.BuiltPage + path;
        return new FileInfo(File.Exists(file + ".gz") ? file + ".gz" : file).Length;
    }
}
