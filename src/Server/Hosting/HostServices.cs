using Decant.Server.Accounts;
using Decant.Server.Hosting.Logs;
using Decant.Server.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Decant.Server.Hosting;

internal static class HostServices
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Largest request body, in bytes: a bulk request of 50 long URLs is a tenth of it.</summary>
    private const long MaxRequestBody = 1 << 20;

    /// <summary>A browser behind two proxies sends about thirty.</summary>
    private const int MaxRequestHeaders = 64;

    /// <summary>Time for a client to send the head of its request.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Time that a stop may take besides the grace of running jobs.</summary>
    private static readonly TimeSpan HandBack = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                // Settings are read at start; watching their files would cost an inotify instance, of which there are few.
                Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(Program).Assembly.GetName().Name,
            }
        );
        builder.Configuration.AddSecretFiles();
        return builder;
    }

    /// <summary>Addresses, bodies, JSON, logging, the greeting.</summary>
    public static void AddHost(this WebApplicationBuilder builder)
    {
        if (
            string.IsNullOrEmpty(builder.Configuration["urls"])
            && string.IsNullOrEmpty(builder.Configuration["http_ports"])
        )
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.Limits.MaxRequestHeaderCount = MaxRequestHeaders;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        });
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton<ListTotals>();
        builder.Services.AddHostedService<Greeting>();

        builder.AddSystemdNotices();
        builder.AddProgramSettings();
        builder.AddLog();
        var jobs = builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = jobs.StopGrace + HandBack);
    }
}
