using System.Collections.Concurrent;
using Decant.Browser.Tests.Fixture;

namespace Decant.Browser.Tests.Built;

/// <summary>The weight of the built page.</summary>
public sealed class SizeTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const int Most = 250_000;

    [Fact]
    public async Task The_first_view_needs_at_most_250_kB_of_JavaScript_gzipped()
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
