using System.Diagnostics;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Fixture;

/// <summary>Lighthouse, of the version that <c>bench/page</c> pins, in Debian's Chromium.</summary>
internal static class Lighthouse
{
    private static readonly string Folder = Path.Combine(Repository.Root, "bench", "page");
    private static readonly string Program = Path.Combine(Folder, "node_modules", "lighthouse", "cli", "index.js");

    public static bool IsInstalled { get; } = File.Exists(Program);

    /// <param name="address">The view.</param>
    /// <param name="screen">As a phone, or as a desktop: each with Lighthouse's own idea of its network and processor, which it simulates.</param>
    /// <param name="cookie">Of a session; null for nobody's.</param>
    /// <param name="categories">Those that are judged.</param>
    /// <param name="audits">Single ones that are judged besides.</param>
    /// <returns>What each category and each of those audits has, from 0 to 1.</returns>
    public static async Task<IReadOnlyDictionary<string, double>> JudgeAsync(
        Uri address,
        Screen screen,
        string? cookie,
        IReadOnlyList<string> categories,
        IReadOnlyList<string> audits
    )
    {
        var directory = Directory.CreateTempSubdirectory("decant-lighthouse-");
        try
        {
            var report = Path.Combine(directory.FullName, "report.json");
            List<string> arguments =
            [
                Program,
                address.AbsoluteUri,
                "--quiet",
                "--throttling-method=simulate",
                // Pictures for a reader of the report, and a second look at the whole page for them.
                "--disable-full-page-screenshot",
                $"--only-categories={string.Join(',', categories)}",
                "--output=json",
                $"--output-path={report}",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ];
            if (screen != Screen.Phone)
            {
                arguments.Add("--preset=desktop");
            }

            if (audits.Count > 0)
            {
                arguments.Add($"--only-audits={string.Join(',', audits)}");
            }

            if (cookie is not null)
            {
                arguments.Add($"--extra-headers={new JsonObject { ["Cookie"] = cookie }.ToJsonString()}");
            }

            using var process = Process.Start(
                new ProcessStartInfo("node", arguments)
                {
                    WorkingDirectory = Folder,
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    Environment = { ["CHROME_PATH"] = Chromium.Program },
                }
            )!;
            var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, said);
            var judged = JsonNode.Parse(await File.ReadAllTextAsync(report))!;
            return categories
                .Select(name => (Name: name, Found: judged["categories"]![name]!))
                .Concat(audits.Select(name => (Name: name, Found: judged["audits"]![name]!)))
                .ToDictionary(one => one.Name, one => (double)one.Found["score"]!);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
