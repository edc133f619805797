using System.Text.Json;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Languages;
using Decant.Server.Tests.OpenApi;
using Decant.Server.Tests.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Tests.Guide;

/// <summary>Every sample of docs/api.md, each language as one program in the page's order; and the commands of the README and docs/accounts.md.</summary>
[Long]
public sealed partial class GuideTests : IDisposable
{
    /// <summary>Set, so that the limits are told; and so far off that a guide run in seconds does not meet them.</summary>
    private static readonly string[] Limits = ["RateLimits:Info=600", "RateLimits:Download=600"];

    /// <summary>What each program says when every step of it went as the page tells.</summary>
    private const string Said = """
        ^Signed in as administrator@localhost
        .+: 15(\.\d+)? s, 9 credits
        \d+ lines in en
        Fetched \d{4,} bytes for 9 credits
        A clip of 4 s with en subtitles
        A thumbnail: jpg
        A batch of 2 files
        .*1 .*
        Recorded: COMPLETED
        Public: COMPLETED
        In the wallet: \$35\.00
        Credits: 10000
        185\.4 s: 102 credits
        Refused: invalid_url, retryable: false
        (?i:ratelimit: .+\n)?Test: delivered
        Genuine: True, False
        $
        """;

    private readonly SampleRun _run = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_step_is_shown_in_all_four_languages()
    {
        var page = await Page.ReadAsync("api.md");

        Assert.All(
            page.Sections,
            section =>
                Assert.All(
                    ["sh", "python", "ts", "csharp"],
                    language => Assert.True(section.Value.BlocksIn(language).Count == 1, $"{section.Key}: {language}")
                )
        );
        Assert.Equal(10, page.Sections.Count);
    }

    [Fact]
    public async Task The_curl_samples_do_what_the_page_says() =>
        await RunsAsync(
            "bash",
            "sh",
            """
            is_genuine "$(cat received.timestamp)" "$(cat received.signature)" received.body "$secret"
            is_genuine "$(cat received.timestamp)" "$(cat received.signature)" /dev/null "$secret" || echo 'Genuine: True, False'
            """,
            "set -eu -o pipefail\n"
        );

    [Fact]
    public async Task The_Python_samples_do_what_the_page_says() =>
        await RunsAsync(
            "/usr/bin/python3",
            "python",
            """
            import json
            headers, body = json.load(open("received.headers")), open("received.body", "rb").read()
            print(f"Genuine: {is_genuine(headers, body)}, {is_genuine(headers, b'x')}")
            """
        );

    [Fact]
    public async Task The_TypeScript_samples_do_what_the_page_says()
    {
        const string epilogue = """
            import { readFileSync } from "node:fs";
            const [headers, body] = [JSON.parse(readFileSync("received.headers", "utf8")), readFileSync("received.body")];
            console.log(`Genuine: ${await isGenuine(headers, body)}, ${await isGenuine(headers, body.subarray(1))}`.replace("true", "True").replace("false", "False"));
            """;
        var missing = await NpmTool.MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var package = Directory.CreateDirectory(_run.PathOf("package"));
        await using (var server = await DecantServer.StartAsync<Sqlite>())
        {
            await TypeScriptPackage.CopyAsync(package, server);
        }

        Directory.CreateDirectory(Path.Combine(package.FullName, "guide"));
        var page = await Page.ReadAsync("api.md");
        await _run.WriteAsync("package/guide/samples.ts", $"{page.ProgramIn("ts")}\n\n{epilogue}\n");
        await RunsAsync("node", await TypeScriptPackage.CompileAsync(package, "guide", "samples.js"));
    }

    [Fact]
    public async Task The_CSharp_samples_do_what_the_page_says()
    {
        // Built from the page, beside these tests.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(built.Parent!.Parent!.FullName, "Decant.Guide", built.Name, "Decant.Guide.dll");
        await RunsAsync("dotnet", program);
    }

    [Fact]
    public async Task The_READMEs_lines_of_curl_do_what_it_says()
    {
        var said = await RunAsShownAsync((await Page.ReadAsync("README.md")).Sections["Three lines of curl"]);

        Assert.Contains("\"status\":\"COMPLETED\"", said, StringComparison.Ordinal);
        AssertOneSong();
    }

    [Fact]
    public async Task The_README_can_be_read_in_a_few_minutes_and_leads_to_what_there_is()
    {
        var text = (await Page.ReadAsync("README.md")).Text;

        Assert.InRange(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 300, 900);
        var links = Link().Matches(text).Select(link => link.Groups["path"].Value).ToList();
        Assert.Contains("docs/settings.md", links);
        Assert.All(links, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Fact]
    public async Task The_commands_of_the_first_download_and_of_accounts_do_what_the_page_says()
    {
        var said = await RunAsShownAsync(await Page.ReadAsync("accounts.md"));

        Assert.Contains("\"status\":\"COMPLETED\"", said, StringComparison.Ordinal);
        Assert.Contains("\"refresh_token\":", said, StringComparison.Ordinal);
        AssertOneSong();
    }

    public void Dispose() => _run.Dispose();

    /// <returns>What the page's shell commands printed, at a server of their own in place of the one they name.</returns>
    private async Task<string> RunAsShownAsync(Page page)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();
        var script = page.ProgramIn("sh")
            .Replace(
                "http://127.0.0.1:8080",
                server.Http.BaseAddress!.AbsoluteUri.TrimEnd('/'),
                StringComparison.Ordinal
            )
            .Replace("KEY=ap_...", $"KEY={DecantServer.Key}", StringComparison.Ordinal);
        Assert.Contains(DecantServer.Key, script, StringComparison.Ordinal);
        return await _run.RunAsync(
            server,
            "",
            "bash",
            [await _run.WriteAsync("page", $"set -eu -o pipefail\n{script}")],
            Stop
        );
    }

    private void AssertOneSong() =>
        Assert.True(new FileInfo(Assert.Single(Directory.GetFiles(_run.PathOf("."), "*.mp3"))).Length > 100_000);

    /// <summary>Links to files of the repository, pictures among them.</summary>
    [GeneratedRegex(@"\]\((?<path>(?!https?:|#)[^)#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    private async Task RunsAsync(string program, string language, string epilogue, string prologue = "")
    {
        var page = await Page.ReadAsync("api.md");
        await RunsAsync(
            program,
            await _run.WriteAsync("samples", $"{prologue}{page.ProgramIn(language)}\n\n{epilogue}\n")
        );
    }

    private async Task RunsAsync(string program, string file)
    {
        await using var server = await DecantServer.StartAsync<Sqlite>([.. Hooks.Quick, .. Limits]);
        await using var receiver = await Receiver.StartAsync(server.Lab);
        receiver.Answer = async (context, _) =>
        {
            var received = await receiver.NextAsync();
            await _run.WriteAsync("received.timestamp", received.Headers["X-AudioPod-Timestamp"]);
            await _run.WriteAsync("received.signature", received.Headers["X-AudioPod-Signature"]);
            await _run.WriteAsync("received.headers", JsonSerializer.Serialize(received.Headers));
            await _run.WriteAsync("received.body", received.Body);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        };

        var said = await _run.RunAsync(server, receiver.Url, program, [file], Stop);

        Assert.Matches(Said, said);
    }
}
