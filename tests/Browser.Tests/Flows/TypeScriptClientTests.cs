using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Decant.Browser.Tests.Built;
using Decant.Browser.Tests.Fixture;
using Decant.Server.Tests.Fixture;

namespace Decant.Browser.Tests.Flows;

/// <summary>The TypeScript client in a browser, compiled and nothing else: no bundler, no shim of Node.</summary>
public sealed class TypeScriptClientTests(Chromium chromium, Site site) : PageTests(chromium, site), IClassFixture<Site>
{
    private const string Secret = "whsec_c2VjcmV0IG9mIGEgdGVzdCBvZiBtaW5lISE=";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_downloads_with_progress_reads_refusals_and_believes_webhooks()
    {
        var directory = Directory.CreateTempSubdirectory("decant-typescript-");
        try
        {
            var built = await CompileAsync(directory);
            var context = await NewContextAsync(Screen.Desktop);
            await context.RouteAsync(
                "**/of-the-test/**",
                route =>
                    route.FulfillAsync(
                        route.Request.Url.EndsWith(".js", StringComparison.Ordinal)
                            ? new()
                            {
                                Path = Path.Combine(built, Path.GetFileName(new Uri(route.Request.Url).AbsolutePath)),
                                ContentType = "text/javascript",
                            }
                            : new()
                            {
                                Body = "<!doctype html><title>Of the test</title><link rel=icon href='data:,'>",
                                ContentType = "text/html",
                            }
                    )
            );
            var page = await OpenAsync(context, "/of-the-test/");

            var said = await page.EvaluateAsync<JsonElement>(
                Program,
                new
                {
                    key = Site.Key,
                    medium = Site.Origin("paced/400000/0/media/small.mp4?browser"),
                    secret = Secret,
                    hook = Hook(),
                }
            );

            Assert.Equal("COMPLETED", said.GetProperty("status").GetString());
            Assert.Equal(said.GetProperty("file_size").GetInt64(), said.GetProperty("size").GetInt64());
            Assert.Equal("audio/mp4", said.GetProperty("type").GetString());
            Assert.True(said.GetProperty("news").GetInt32() > 2);
            Assert.Equal("private_content", said.GetProperty("refusal").GetString());
            Assert.Equal("en", said.GetProperty("language").GetString());
            Assert.Equal("AbortError", said.GetProperty("aborted").GetString());
            Assert.Equal("webhook.test", said.GetProperty("event").GetString());
            Assert.Equal("bad_signature", said.GetProperty("forged").GetString());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private const string Program = """
        async ({ key, medium, secret, hook }) => {
          const { Decant, verifyWebhook } = await import("/of-the-test/index.js");
          const decant = new Decant({ server: location.origin, apiKey: key });
          let news = 0;
          const file = await decant.download(medium, { format: "m4a" }, { onProgress: () => news++ });
          const code = (call) => call.then(() => "none", (error) => error.code ?? error.name);
          const signal = AbortSignal.abort();
          return {
            status: file.job.status,
            file_size: file.job.file_size,
            size: file.blob.size,
            type: file.blob.type,
            news,
            refusal: await code(decant.info("https://www.youtube.com/watch?v=private0001")),
            language: (await decant.transcript("https://www.youtube.com/watch?v=subsbrowser")).language,
            aborted: await decant.download(medium, {}, { signal }).then(() => "none", (error) => error.name),
            event: (await verifyWebhook(secret, hook.headers, hook.body)).event_type,
            forged: await code(verifyWebhook(secret, hook.headers, hook.body + " ")),
          };
        }
        """;

    /// <summary>A delivery as Standard Webhooks signs it.</summary>
    private static object Hook()
    {
        const string body = """{"event_type": "webhook.test"}""";
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(Secret["whsec_".Length..]),
            Encoding.UTF8.GetBytes($"msg_1.{at}.{body}")
        );
        return new
        {
            body,
            headers = new Dictionary<string, string>
            {
                ["webhook-id"] = "msg_1",
                ["webhook-timestamp"] = at,
                ["webhook-signature"] = $"v1,{Convert.ToBase64String(signature)}",
            },
        };
    }

    /// <returns>The folder of what the package would ship.</returns>
    private static async Task<string> CompileAsync(DirectoryInfo directory)
    {
        var client = Path.Combine(Repository.Root, "clients", "typescript");
        var packages = Path.Combine(Repository.Root, "tests", "OpenApi", "node_modules");
        Assert.SkipUnless(Directory.Exists(packages), "The npm packages of tests/OpenApi are not there.");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(client, "src")))
        {
            var copy = Path.Combine(directory.FullName, "src", Path.GetFileName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Path.Combine(client, "tsconfig.json"), Path.Combine(directory.FullName, "tsconfig.json"));
        File.Copy(Path.Combine(client, "package.json"), Path.Combine(directory.FullName, "package.json"));
        Directory.CreateSymbolicLink(Path.Combine(directory.FullName, "node_modules"), packages);
        var (code, said) = await NodeTool.RunAsync(
            Path.Combine(packages, "typescript", "bin", "tsc"),
            "-p",
            directory.FullName
        );
        Assert.True(code == 0, said);
        Stop.ThrowIfCancellationRequested();
        return Path.Combine(directory.FullName, "dist");
    }
}
