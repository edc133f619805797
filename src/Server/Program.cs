using Decant.Server.About;
using Decant.Server.Accounts;
using Decant.Server.Background;
using Decant.Server.Batches;
using Decant.Server.Billing;
using Decant.Server.Billing.Endpoints;
using Decant.Server.Cluster;
using Decant.Server.Data;
using Decant.Server.Downloads;
using Decant.Server.Errors;
using Decant.Server.Files;
using Decant.Server.Formats;
using Decant.Server.Health;
using Decant.Server.Hosting;
using Decant.Server.Idempotency;
using Decant.Server.Info;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Endpoints;
using Decant.Server.Mail;
using Decant.Server.Manners;
using Decant.Server.Mcp;
using Decant.Server.OpenApi;
using Decant.Server.Platforms;
using Decant.Server.Presets;
using Decant.Server.RateLimits;
using Decant.Server.Stats;
using Decant.Server.Storage;
using Decant.Server.Telemetry;
using Decant.Server.Telemetry.Queues;
using Decant.Server.Upkeep;
using Decant.Server.Web;
using Decant.Server.Webhooks;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server;

/// <summary>The server, composed. One <c>AddX</c> and one <c>MapX</c> per folder.</summary>
public static class Program
{
    /// <param name="args">Settings, such as <c>--urls http://127.0.0.1:8080 --data ./data</c>.</param>
    /// <returns>The server, ready to run. Wrong settings are found when it starts.</returns>
    public static WebApplication Build(string[] args)
    {
        var builder = HostServices.CreateBuilder(args);
        var node = NodeOptions.Of(builder.Configuration);
        builder.AddHost();
        builder.AddNode(builder.UsesPostgres());
        builder.AddTelemetry();
        builder.AddTrustedProxies();
        builder.AddCorsSetting();
        builder.AddEngine();
        builder.AddBackground();
        builder.AddData();
        builder.AddCluster();
        builder.AddErrors();
        builder.AddManners();
        builder.AddMail();
        builder.AddAccounts();
        builder.AddBilling();
        builder.AddRateLimits();
        builder.AddIdempotency();
        builder.AddStorage();
        builder.AddFiles();
        builder.AddPresets();
        builder.AddDownloads();
        builder.AddJobs();
        builder.AddKeyRing();
        builder.AddPlatforms();
        builder.AddUpkeep();
        builder.AddWebhooks();
        builder.AddBatches();
        builder.AddMcp();
        builder.AddHealth();
        builder.AddOpenApiDocument();
        builder.AddWebPage();

        var app = builder.Build();
        app.UseOwnCalls();
        app.UseSecurityHeaders();
        app.UseTrustedProxies();
        app.UseMetrics();
        app.UseCorsSetting();
        app.UseManners();
        app.UseErrors();
        app.UseProtectedResource();
        if (node.AnswersRequests)
        {
            app.UseWebPage();
        }

        app.UseAccounts();
        app.UseRateLimits();
        app.UseScopes();

        var api = app.MapWithManners();
        api.MapHealth();
        if (!node.AnswersRequests)
        {
            return app;
        }

        api.MapAccounts();
        api.MapAbout();
        api.MapQueue();
        api.MapInfo();
        api.MapDownloads();
        api.MapPresets();
        api.MapJobs();
        api.MapPlatforms();
        api.MapUpkeep();
        api.MapWebhooks();
        api.MapBatches();
        api.MapFiles();
        api.MapStats();
        api.MapBilling();
        api.MapFormats();
        app.MapMcp();
        app.MapProtectedResource();
        app.MapOpenApiDocument();
        return app;
    }
}
