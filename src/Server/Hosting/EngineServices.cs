using Decant.Engine;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Platforms;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

internal static class EngineServices
{
    public static void AddEngine(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<EgressSettings>("Egress");
        builder.AddSettings<ExtractorSettings>("Extractor");
        builder.AddSettings<LimitOptions>("Limits");
        builder.AddSettings<SpotifySettings>("Spotify");
        builder.AddSettings<KeepSettings>("Keep");
        builder.AddSettings<JavaScriptSettings>("JavaScript");
        builder.AddSettings<SandboxSettings>("Sandbox");
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new MediaEngine(
            new EngineOptions
            {
                Egress = provider.GetRequiredService<IOptions<EgressSettings>>().Value.ToOptions(),
                ExtractorFolder = provider.GetRequiredService<IOptions<ExtractorSettings>>().Value.FullFolder,
                ExtractorIndexFolder = provider.GetRequiredService<DataDirectory>().Folder("extractor"),
                LookUpSocket = provider.GetRequiredService<IOptions<ExtractorSettings>>().Value.FullLookUpSocket,
                ExtractorLookEvery = provider.GetRequiredService<IOptions<ExtractorSettings>>().Value.LookEvery,
                JavaScript = provider.GetRequiredService<IOptions<JavaScriptSettings>>().Value.ToOptions(),
                Sandbox = provider.GetRequiredService<IOptions<SandboxSettings>>().Value.ToOptions(),
                Spotify = provider.GetRequiredService<IOptions<SpotifySettings>>().Value.ToCredentials(),
                Keep = provider
                    .GetRequiredService<IOptions<KeepSettings>>()
                    .Value.ToOptions(provider.GetRequiredService<DataDirectory>()),
                MaxBytes = provider.GetRequiredService<IOptions<LimitOptions>>().Value.MaxBytes,
                Encoders = provider.GetRequiredService<IOptions<JobsOptions>>().Value.Encoders,
                LookUps = provider.GetRequiredService<IOptions<LookUpOptions>>().Value.AtOnce,
                LookUpSilence = provider.GetRequiredService<IOptions<LookUpOptions>>().Value.Silence,
                LiveOutage = provider.GetRequiredService<IOptions<LimitOptions>>().Value.RecordingOutage,
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services.AddHostedService<SandboxStep>();
        services.AddHostedService<EngineWarmUp>();
    }
}
