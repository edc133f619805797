using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Decant.Lab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Decant.Server.Tests.Webhooks;

/// <summary>Someone's HTTPS server that takes webhooks, with a certificate that the lab's authority signed.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private int _count;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What it answers; 204 where nothing else is said. Told which request it is, from 1.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } =
        (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };

    /// <summary>A service's answer to what it reads, in place of <see cref="Answer"/>.</summary>
    public Func<Received, (int Status, string? Complaint)>? Judge { get; set; }

    public int Count => Volatile.Read(ref _count);

    public string Url { get; private set; } = "";

    public static async Task<Receiver> StartAsync(LabInternet lab)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                    listen.UseHttps(
                        new TlsHandshakeCallbackOptions
                        {
                            OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(
                                new SslServerAuthenticationOptions
                                {
                                    ServerCertificateContext = lab.CertificateFor("127.0.0.1"),
                                }
                            ),
                        }
                    )
            )
        );
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        receiver.Url = $"{app.Urls.Single()}/hook";
        return receiver;
    }

    /// <summary>The next request, in the order they came.</summary>
    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        // Answers that a test holds back are not waited for.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Cut, as asked.
        }

        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var number = Interlocked.Increment(ref _count);
        var received = new Received(headers, body) { Path = context.Request.Path };
        _received.Writer.TryWrite(received);
        if (Judge is { } judge)
        {
            var (status, complaint) = judge(received);
            context.Response.StatusCode = status;
            if (status != StatusCodes.Status204NoContent)
            {
                await context.Response.WriteAsync(complaint ?? "ok");
            }

            return;
        }

        await Answer(context, number);
    }
}

/// <summary>One request as it came.</summary>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path { get; init; } = "/";

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string EventId => Headers["X-AudioPod-Event-Id"];

    /// <summary>As the contract tells receivers to check it.</summary>
    public bool IsSignedWith(string secret) => Headers["X-AudioPod-Signature"] == SignatureWith(secret);

    /// <summary>As Standard Webhooks 1.0 has it, of a secret with its prefix.</summary>
    public string StandardSignatureWith(string secret) =>
        "v1,"
        + Convert.ToBase64String(
            HMACSHA256.HashData(
                Convert.FromBase64String(secret["whsec_".Length..]),
                Encoding.UTF8.GetBytes($"{Headers["webhook-id"]}.{Headers["webhook-timestamp"]}.{Body}")
            )
        );

    public string SignatureWith(string secret) =>
        "sha256="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(secret),
                Encoding.UTF8.GetBytes($"{Headers["X-AudioPod-Timestamp"]}.{Body}")
            )
        );
}
