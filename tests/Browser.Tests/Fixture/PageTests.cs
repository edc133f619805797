using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Fixture;

/// <summary>
/// Tests of the page in a browser. After each, whatever it was about: the page's console is clean, nothing was asked of any other
/// host, and no secret stands in an address, in what the page stores or in the server's log. Where one fails, <c>artifacts/browser</c> has a picture.
/// </summary>
public abstract partial class PageTests(Chromium chromium, Site site) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _faults = [];

    protected Site Site => site;

    /// <summary>Lines of the console that the test is about, such as the status of a refusal.</summary>
    protected List<Regex> Expected { get; } = [Refused()];

    /// <summary>Others that the test is about, as host and port, which may be asked besides the server.</summary>
    protected HashSet<string> Neighbours { get; } = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var pages = _contexts.SelectMany(context => context.Pages).ToList();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await Task.WhenAll(pages.Select(PictureAsync));
        }

        foreach (var page in pages)
        {
            NoteSecret("an address", page.Url);
            NoteSecret(
                "the page's store",
                await page.EvaluateAsync<string>(
                    "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
                )
            );
        }

        await Task.WhenAll(_contexts.Select(context => context.CloseAsync()));
        foreach (var line in site.Log.TakeTelling())
        {
            _faults.Enqueue($"a secret in the server's log: {line}");
        }

        Assert.Empty(_faults);
    }

    /// <summary>A browser of its own with the page open in it.</summary>
    /// <param name="screen">Its width.</param>
    /// <param name="path">Address below the server's.</param>
    /// <param name="isSignedIn">As the administrator; else as nobody.</param>
    protected async Task<IPage> OpenAsync(Screen screen, string path = "/", bool isSignedIn = true)
    {
        var context = await NewContextAsync(screen);
        if (isSignedIn)
        {
            await SignInAsync(context, Site.Key);
        }

        return await OpenAsync(context, path);
    }

    /// <summary>Another tab of the same browser.</summary>
    protected static async Task<IPage> OpenAsync(IBrowserContext context, string path = "/")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    protected Task<IBrowserContext> NewContextAsync(Screen screen, ColorScheme scheme = ColorScheme.Light) =>
        NewContextAsync(chromium.Browser, screen, scheme);

    protected async Task<IBrowserContext> NewContextAsync(
        IBrowser browser,
        Screen screen,
        ColorScheme scheme = ColorScheme.Light
    )
    {
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = site.Address.AbsoluteUri,
                ViewportSize = new() { Width = (int)screen, Height = HeightOf(screen) },
                HasTouch = screen == Screen.Phone,
                Locale = "en-US",
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
                AcceptDownloads = true,
            }
        );
        context.SetDefaultTimeout(Chromium.Patience);
        context.Request += (_, request) => NoteRequest(request);
        context.Console += (_, message) => NoteMessage(message);
        context.WebError += (_, error) => _faults.Enqueue($"error: {error.Error}");
        _contexts.Add(context);
        return context;
    }

    protected static int HeightOf(Screen screen) =>
        screen switch
        {
            Screen.Phone => 844,
            Screen.Wall => 2160,
            _ => 800,
        };

    /// <summary>Begins a session as the page does, without its form.</summary>
    protected static async Task SignInAsync(IBrowserContext context, string key)
    {
        var answer = await context.APIRequest.PostAsync(
            "/api/v1/auth/session",
            new() { DataObject = new Dictionary<string, string> { ["api_key"] = key } }
        );
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    private void NoteRequest(IRequest request)
    {
        var url = new Uri(request.Url);
        if (
            url.Scheme is not ("data" or "blob")
            && url.Authority != site.Address.Authority
            && !Neighbours.Contains(url.Authority)
            // A neighbour's own page may ask whom it likes.
            && !Neighbours.Contains(new Uri(request.Frame.Url).Authority)
        )
        {
            _faults.Enqueue($"asked another host: {request.Url}");
        }

        // Links to files are signed for one file and some hours: they are no credential, and are left in the address by design.
        if (!url.AbsolutePath.StartsWith("/download/", StringComparison.Ordinal))
        {
            NoteSecret("a request's address", request.Url);
        }
    }

    private void NoteMessage(IConsoleMessage message)
    {
        NoteSecret("the console", message.Text);
        if (message.Type is "error" or "warning" && !Expected.Exists(known => known.IsMatch(message.Text)))
        {
            _faults.Enqueue($"{message.Type}: {message.Text}");
        }
    }

    private void NoteSecret(string place, string text)
    {
        if (Secrets.In(text) is { } found)
        {
            _faults.Enqueue($"a secret in {place}: {found}");
        }
    }

    private static async Task PictureAsync(IPage page)
    {
        var test = string.Concat(
            TestContext.Current.Test!.TestDisplayName.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')
        );
        var path = Path.Combine(Repository.Root, "artifacts", "browser", $"{test}.png");
        await page.ScreenshotAsync(new() { Path = path });
        await File.WriteAllTextAsync(path + ".html", await page.ContentAsync());
    }

    /// <summary>Chromium's own line for each answer of 4xx and 5xx: a refusal is shown to the reader, and is no fault of the page.</summary>
    [GeneratedRegex("^Failed to load resource: the server responded with a status of", RegexOptions.None, 1000)]
    private static partial Regex Refused();
}
