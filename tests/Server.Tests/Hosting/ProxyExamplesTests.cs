using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Hosting;

/// <summary>Debian's Caddy and nginx with the files of <c>ops/proxy</c>, before the real server.</summary>
public sealed class ProxyExamplesTests : IDisposable
{
    private const string Name = "media.example.org";

    private static readonly string Examples = Path.Combine(Repository.Root, "ops", "proxy");

    /// <summary>Unpacked there by <c>./decant test</c>, and not installed: Debian's nginx would start a service on all addresses.</summary>
    private static readonly string Programs = Path.Combine(Repository.Root, "artifacts", "proxies", "usr");

    private readonly string _directory = Directory.CreateTempSubdirectory("decant-proxy-").FullName;

    [Theory]
    [InlineData("caddy")]
    [InlineData("nginx")]
    public async Task A_proxy_as_in_the_example_passes_events_as_they_happen_ranges_and_its_own_name(string proxy)
    {
        var isCaddy = proxy == "caddy";
        var program = Path.Combine(Programs, isCaddy ? "bin/caddy" : "sbin/nginx");
        Assert.SkipUnless(File.Exists(program), $"{program} is not there; ./decant test unpacks it.");
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Proxies:Trusted:0=127.0.0.1",
            // So that nothing but what happens can push it through.
            "Jobs:HeartbeatEvery=00:05:00"
        );
        var port = Ports.Take();
        var arguments = isCaddy ? WriteCaddyfile(port) : WriteNginx(port, server.Http.BaseAddress!.Port);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["DECANT_HOST"] = $"http://{Name}:{port}";
        start.Environment["DECANT_UPSTREAM"] = server.Http.BaseAddress!.Authority;
        start.Environment["HOME"] = _directory;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            using var http = await ClientAsync(process, errors, isCaddy ? "http" : "https", port);

            // Slow enough never to end: the event comes while the stream is open, or never.
            await using var watching = await Watching.StartAsync(http);
            var slow = await server.StartAsync(
                new { url = server.Origin("media/small.mp4?rate=2000&head=100000&proxy") }
            );
            await watching.WhenAsync(job => job.Number("id") == slow && job.Text("stage") == "downloading");
            await (await server.Http.DeleteAsync($"{JobFlow.Jobs}/{slow}")).ReadOkAsync();

            var id = await server.StartAsync(new { url = server.Origin("media/small.mp4?proxied"), format = "m4a" });
            await server.CompletionOfAsync(id);
            var job = await (await http.GetAsync($"{JobFlow.Jobs}/{id}")).ReadOkAsync();
            var link = new Uri(job.Text("download_url"));
            Assert.Equal((isCaddy ? "http" : "https", Name), (link.Scheme, link.Host));

            using var whole = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link.PathAndQuery));
            var size = whole.Content.Headers.ContentLength!.Value;
            Assert.Equal(job.Number("file_size"), size);
            using var wanted = new HttpRequestMessage(HttpMethod.Get, link.PathAndQuery)
            {
                Headers = { Range = new RangeHeaderValue(100, 199) },
            };
            using var part = await http.SendAsync(wanted);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal($"bytes 100-199/{size}", part.Content.Headers.ContentRange!.ToString());
            Assert.Equal(
                (await server.Http.GetByteArrayAsync(link.PathAndQuery))[100..200],
                await part.Content.ReadAsByteArrayAsync()
            );
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The example as it is; only where it listens is the test's own, and its interface for orders is off.</summary>
    private string[] WriteCaddyfile(int port)
    {
        var file = Path.Combine(_directory, "Caddyfile");
        File.WriteAllText(
            file,
            $$"""
            {
            	default_bind 127.0.0.1
            	admin off
            	http_port {{port}}
            }
            import {{Path.Combine(Examples, "Caddyfile")}}
            """
        );
        return ["run", "--config", file, "--adapter", "caddyfile"];
    }

    /// <summary>The example's blocks with another port, another upstream and a certificate of the test's own.</summary>
    private string[] WriteNginx(int port, int upstream)
    {
        var example = File.ReadAllText(Path.Combine(Examples, "nginx.conf"));
        foreach (
            var (theirs, ours) in new[]
            {
                ("server 127.0.0.1:8080;", $"server 127.0.0.1:{upstream};"),
                ("listen 443 ssl http2;", $"listen 127.0.0.1:{port} ssl http2;"),
                ($"/etc/letsencrypt/live/{Name}", _directory),
            }
        )
        {
            Assert.Contains(theirs, example, StringComparison.Ordinal);
            example = example.Replace(theirs, ours, StringComparison.Ordinal);
        }

        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            $"CN={Name}",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(Path.Combine(_directory, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(
            Path.Combine(_directory, "nginx.conf"),
            $$"""
            daemon off;
            master_process off;
            pid {{_directory}}/pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path {{_directory}}/body;
                proxy_temp_path {{_directory}}/proxy;
                fastcgi_temp_path {{_directory}}/fastcgi;
                uwsgi_temp_path {{_directory}}/uwsgi;
                scgi_temp_path {{_directory}}/scgi;
            {{example}}
            }
            """
        );
        return ["-p", _directory, "-c", Path.Combine(_directory, "nginx.conf"), "-e", "stderr"];
    }

    /// <returns>A client of the proxy, by its name, once it listens.</returns>
    private static async Task<HttpClient> ClientAsync(Process process, Task<string> errors, string scheme, int port)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                break;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Yield();
            }
            catch (SocketException)
            {
                Assert.Fail(await errors);
            }
        }

        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == $"CN={Name}" },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri($"{scheme}://{Name}:{port}"),
            DefaultRequestHeaders = { { "X-API-Key", DecantServer.Key } },
        };
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
