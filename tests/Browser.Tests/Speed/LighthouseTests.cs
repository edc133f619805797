using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Speed;

/// <summary>A server for measuring.</summary>
public sealed class MeasuredSite : Site
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("DECANT_BENCH_PAGE") == "1";

    protected override bool IsWanted => IsAsked;
}

/// <summary>Lighthouse's verdict on the built page, asked for by <c>bench/page/run.sh</c>, which installs it; performance wants a quiet machine.</summary>
public sealed class LighthouseTests(MeasuredSite site) : IClassFixture<MeasuredSite>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "bench", "page");

    [Theory]
    [InlineData("/", true)]
    [InlineData("/library", true)]
    [InlineData("/sign-in", false)]
    public async Task Every_category_has_95_or_more(string path, bool isSignedIn)
    {
        Assert.SkipUnless(MeasuredSite.IsAsked, "bench/page/run.sh asks.");
        var report = Path.Combine(Directory.CreateTempSubdirectory("decant-lighthouse-").FullName, "report.json");
        List<string> arguments =
        [
            "node_modules/lighthouse/cli/index.js",
            new Uri(site.Address, path).AbsoluteUri,
            "--quiet",
            "--preset=desktop",
            "--output=json",
            $"--output-path={report}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ];
        if (isSignedIn)
        {
            arguments.Add($"--extra-headers={new JsonObject { ["Cookie"] = await CookieAsync() }.ToJsonString()}");
        }

        using var process = Process.Start(
            new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                Environment = { ["CHROME_PATH"] = Chromium.Program },
            }
        )!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        var categories = JsonNode.Parse(await File.ReadAllTextAsync(report))!["categories"]!.AsObject();
        var scores = categories.ToDictionary(one => one.Key, one => (double)one.Value!["score"]!);
        TestContext.Current.TestOutputHelper!.WriteLine($"{path}: {string.Join(", ", scores)}");
        Assert.All(scores, score => Assert.True(score.Value >= 0.95, $"{path}: {score.Key} has {score.Value}"));
    }

    private async Task<string> CookieAsync()
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = site.Address };
        using var body = new StringContent($$"""{"api_key": "{{Site.Key}}"}""", null, "application/json");
        using var answer = await client.PostAsync("/api/v1/auth/session", body);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
