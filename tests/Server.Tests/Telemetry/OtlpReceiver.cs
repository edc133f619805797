using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Decant.Server.Tests.Telemetry;

/// <summary>A collector as far as a test needs one: takes OTLP over gRPC, and reads spans and names of metrics out of what came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Message)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Spans that came, each with the trace it belongs to.</summary>
    public IReadOnlyList<(string Name, string Trace)> Spans =>
        [
            .. from message in Of("TraceService")
            from resource in Proto.Fields(message, 1)
            from scope in Proto.Fields(resource, 2)
            from span in Proto.Fields(scope, 2)
            select (
                Encoding.UTF8.GetString(Proto.Fields(span, 5).Single()),
                Convert.ToHexStringLower(Proto.Fields(span, 1).Single())
            ),
        ];

    /// <summary>Names of the metrics that came.</summary>
    public IReadOnlyCollection<string> Metrics =>
        [
            .. (
                from message in Of("MetricsService")
                from resource in Proto.Fields(message, 1)
                from scope in Proto.Fields(resource, 2)
                from metric in Proto.Fields(scope, 2)
                select Encoding.UTF8.GetString(Proto.Fields(metric, 1).Single())
            ).Distinct(),
        ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
            );
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Of(string service) =>
        _received.Where(one => one.Path.Contains(service, StringComparison.Ordinal)).Select(one => one.Message);

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        // Of gRPC: whether it is compressed, and the length; one message a call.
        _received.Enqueue((context.Request.Path, body.ToArray()[5..]));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>The wire of Protocol Buffers, as far as finding fields goes.</summary>
    private static class Proto
    {
        /// <returns>Contents of the length-delimited fields with a number.</returns>
        public static IEnumerable<byte[]> Fields(byte[] message, int number)
        {
            var at = 0;
            while (at < message.Length)
            {
                var tag = Varint(message, ref at);
                switch (tag & 7)
                {
                    case 0:
                        Varint(message, ref at);
                        break;
                    case 1:
                        at += 8;
                        break;
                    case 5:
                        at += 4;
                        break;
                    case 2:
                        var length = (int)Varint(message, ref at);
                        if ((int)(tag >> 3) == number)
                        {
                            yield return message[at..(at + length)];
                        }

                        at += length;
                        break;
                    default:
                        throw new InvalidDataException($"No wire type {tag & 7} is in use.");
                }
            }
        }

        private static ulong Varint(byte[] message, ref int at)
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var part = message[at++];
                value |= (ulong)(part & 0x7f) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
