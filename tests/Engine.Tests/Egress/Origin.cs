using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Tests.Egress;

/// <summary>A web server on a loopback address that answers as the test says and counts who came.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _hits;

    private Origin(WebApplication app) => _app = app;

    public int Hits => Volatile.Read(ref _hits);

    public Uri Url { get; private set; } = new("http://unset/");

    public static async Task<Origin> StartAsync(
        RequestDelegate answer,
        string address = "127.0.0.1",
        X509Certificate2? certificate = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AllowSynchronousIO = false;
            kestrel.Listen(
                IPAddress.Parse(address),
                0,
                listen =>
                {
                    if (certificate is not null)
                    {
                        listen.UseHttps(certificate);
                    }
                }
            );
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var origin = new Origin(builder.Build());
        origin._app.Run(context =>
        {
            Interlocked.Increment(ref origin._hits);
            return answer(context);
        });
        await origin._app.StartAsync();
        var addresses = origin._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        origin.Url = new Uri(addresses.Addresses.Single());
        return origin;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
