using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Decant.Engine;
using Decant.Engine.Egress;
using Decant.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Decant.Cli;

/// <summary>The options that say how the engine runs. They go before the environment, whose names are the server's (<c>Egress__Proxy</c> …).</summary>
internal sealed class EngineFlags
{
    private readonly Option<string?> _proxy = new("--proxy")
    {
        Description = "HTTP proxy to fetch everything through (also Egress__Proxy).",
        HelpName = "http://host:port",
    };

    private readonly Option<string?> _caFile = new("--ca-file")
    {
        Description = "PEM file of certificate authorities to trust besides the system's (also Egress__CaFile).",
        HelpName = "file",
    };

    private readonly Option<string[]> _allowedNetworks = new("--allow-network")
    {
        Description =
            "Address range that may be reached although private; repeatable (also Egress__AllowedNetworks__0 ...).",
        HelpName = "127.0.0.0/8",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Write the engine's log to stderr.",
    };

    public void AddTo(Command command)
    {
        command.Add(_proxy);
        command.Add(_caFile);
        command.Add(_allowedNetworks);
        command.Add(_verbose);
    }

    public bool Verbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <exception cref="EgressSettingException">A setting that cannot be used.</exception>
    public EngineOptions Read(ParseResult parsed, IConfiguration configuration)
    {
        var environment = configuration.GetSection("Egress").Get<EgressSettings>() ?? new EgressSettings();
        var egress = new EgressSettings
        {
            Proxy = parsed.GetValue(_proxy) ?? environment.Proxy,
            ProxyByPlatform = environment.ProxyByPlatform,
            CaFile = parsed.GetValue(_caFile) ?? environment.CaFile,
            AllowedNetworks = [.. environment.AllowedNetworks, .. parsed.GetValue(_allowedNetworks) ?? []],
        };
        foreach (var problem in egress.Validate(Context(egress)))
        {
            throw new EgressSettingException(
                $"Egress__{string.Join(", ", problem.MemberNames)}",
                problem.ErrorMessage!
            );
        }

        var extractor = configuration.GetSection("Extractor").Get<ExtractorSettings>() ?? new ExtractorSettings();
        foreach (var problem in extractor.Validate(Context(extractor)))
        {
            throw new OptionsValidationException(
                "Extractor",
                typeof(ExtractorSettings),
                [$"Setting Extractor__{string.Join(", ", problem.MemberNames)}: {problem.ErrorMessage}"]
            );
        }

        return new EngineOptions
        {
            IsForOne = true,
            HeadStart = QuickStart.Extractor is { } ahead ? ahead.TryTakeAsync : null,
            ExtractorFolder = extractor.FullFolder,
            ExtractorIndexFolder = UserDirectories.Cache(configuration),
            LookUpSocket = UserDirectories.LookUpSocket(configuration, extractor),
            Egress = egress.ToOptions() with { DefersAuthorities = true },
            JavaScript = (
                configuration.GetSection("JavaScript").Get<JavaScriptSettings>() ?? new JavaScriptSettings()
            ).ToOptions(),
            Sandbox = configuration.GetSection("Sandbox").Get<SandboxSettings>()?.ToOptions() ?? new(),
            Spotify = configuration.GetSection("Spotify").Get<SpotifySettings>()?.ToCredentials(),
            MaxBytes = configuration.GetValue("Limits:MaxBytes", new LimitOptions().MaxBytes),
        };
    }

    /// <summary>Context of a validation, with a name: one without looks for it among attributes that machine code does not keep.</summary>
    private static ValidationContext Context(object settings) =>
        new(settings, settings.GetType().Name, serviceProvider: null, items: null);
}
