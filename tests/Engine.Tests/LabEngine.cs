using Decant.Engine.Planning;
using Decant.Engine.Tests;
using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(LabEngine))]

namespace Decant.Engine.Tests;

/// <summary>A lab and a warm engine that may reach it, one of each for the whole run.</summary>
public sealed class LabEngine : IAsyncLifetime
{
    /// <summary>One for all engines and runs, as a user's cache is.</summary>
    public static string ExtractorIndex { get; } = Path.Combine(AppContext.BaseDirectory, "extractor-index");

    /// <summary>The index for an extractor: one of a copy's would take the place of that for all others, and each would be made anew.</summary>
    public static string ExtractorIndexFor(string? folder) =>
        folder is null ? ExtractorIndex : Path.Combine(folder, "index");

    public LabInternet Lab { get; private set; } = null!;
    public MediaEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabInternet.StartAsync(new LabOptions(), CancellationToken.None);
        Engine = Create(new EngineOptions());
        await Engine.StartAsync([], CancellationToken.None);
    }

    public static MediaEngine Create(EngineOptions options) =>
        new(
            options with
            {
                ExtractorIndexFolder = ExtractorIndexFor(options.ExtractorFolder),
                Egress = options.Egress with { AllowedNetworks = ["127.0.0.0/8"] },
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

    /// <summary>An address of the lab's origin.</summary>
    public Uri At(string path) => new(Lab.Origin, path);

    /// <summary>A run to its end, with nothing wished for but a format.</summary>
    public Task<ExtractionResult> RunAsync(Uri url, string format, string directory) =>
        Engine.RunAsync(
            url,
            OutputRequest.Parse(format, null),
            directory,
            new DirectProgress<EngineProgress>(_ => { }),
            TestContext.Current.CancellationToken
        );

    /// <summary>A recording to its end, as an MP4.</summary>
    /// <param name="url">Of the broadcast.</param>
    /// <param name="directory">For what it makes.</param>
    /// <param name="fromStart">True for what was sent already, too.</param>
    /// <param name="onProgress">Told how far it is.</param>
    public Task<ExtractionResult> RecordAsync(
        Uri url,
        string directory,
        bool fromStart,
        Action<EngineProgress>? onProgress = null
    ) =>
        Engine.RecordAsync(
            url,
            OutputRequest.Parse("mp4", null),
            new RecordingRequest
            {
                Directory = Path.Combine(directory, "recording"),
                MaxDuration = TimeSpan.FromMinutes(1),
                FromStart = fromStart,
            },
            Directory.CreateDirectory(Path.Combine(directory, "work")).FullName,
            new DirectProgress<EngineProgress>(onProgress ?? (_ => { })),
            CancellationToken.None,
            TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
