[assembly: AssemblyFixture(typeof(Decant.Browser.Tests.Fixture.Chromium))]

namespace Decant.Browser.Tests.Fixture;

/// <summary>
/// Debian's Chromium without its windows, one for the whole run; each test has a profile of its own in it. The program with
/// windows does the same in its headless mode, and draws them for nobody: 1.6 times the processor's time.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Patience with everything that is waited for, in milliseconds: the machine may have two cores, and ffmpeg and Chromium share them.</summary>
    public static readonly float Patience = (float)Quiet.Patience.TotalMilliseconds;

    private const string Whole = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Program { get; } =
        Environment.GetEnvironmentVariable("DECANT_CHROMIUM") ?? "/usr/bin/chromium-headless-shell";

    public IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"There is no {Program}; ./decant test installs it.");
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(Program);
    }

    /// <summary>The program with windows, in its headless mode, for what the other has not: notifications. To be closed by whoever asks.</summary>
    public Task<IBrowser> LaunchWholeAsync()
    {
        Assert.True(File.Exists(Whole), $"There is no {Whole}; ./decant test installs it.");
        return LaunchAsync(Whole);
    }

    private Task<IBrowser> LaunchAsync(string program) =>
        _playwright!.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = program,
                Args =
                [
                    // Root has no user namespaces to make the sandbox of, and the pages are our own.
                    "--no-sandbox",
                    "--autoplay-policy=no-user-gesture-required",
                    "--mute-audio",
                    // There is none, and drawing on a pretended one takes more of the processor's time.
                    "--disable-gpu",
                ],
            }
        );

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
