using Decant.Engine.Children;
using Decant.Engine.Children.Sandbox;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Probing;

namespace Decant.Engine;

/// <summary>Looks at what the engine stands on.</summary>
internal sealed class EngineHealthCheck(EngineOptions options, Extractor extractor)
{
    public async Task<EngineHealth> CheckAsync(CancellationToken cancellationToken) =>
        new([
            await VersionAsync("ffmpeg", options.FfmpegPath, cancellationToken),
            await VersionAsync("ffprobe", options.FfprobePath, cancellationToken),
            .. await ExtractorAsync(cancellationToken),
            await SandboxCheck.CheckAsync(options.Sandbox, extractor.Status.AreLookUpsRoot),
        ]);

    private async Task<EnginePart> VersionAsync(string name, string path, CancellationToken cancellationToken)
    {
        string? first = null;
        var outcome = File.Exists(path)
            ? await ChildProcess.RunAsync(
                new ChildCommand(path, ["-version"])
                {
                    Access = FfmpegAccess.To(options),
                    OnLine = line => first ??= line,
                },
                cancellationToken
            )
            : null;
        // "ffmpeg version 5.1.9-0+deb12u1 Copyright …"
        return outcome is { Succeeded: true } && first?.Split(' ') is [_, "version", var version, ..]
            ? new EnginePart(name, Present: true, Optional: false, Describe(version, ForkServers.Trouble(path)))
            : new EnginePart(
                name,
                Present: false,
                Optional: false,
                $"{path} is missing or does not run. On Debian: apt-get install ffmpeg."
            );
    }

    private static string Describe(string version, string? trouble) =>
        trouble is null ? version : $"{version}, loaded anew for each run: {trouble}";

    private static string Describe(ExtractorStatus status) =>
        status.LastReload is { Error: { } error, At: var at }
            ? $"yt-dlp {status.Version}, and not what has replaced it on the disk, which did not start at {at:u}: {error}"
            : $"yt-dlp {status.Version}";

    private async Task<IReadOnlyList<EnginePart>> ExtractorAsync(CancellationToken cancellationToken)
    {
        string? reason = null;
        try
        {
            await extractor.StartAsync(cancellationToken);
        }
        catch (MediaException failure)
        {
            reason = failure.Message;
        }
        var status = extractor.Status;
        return
        [
            new EnginePart(
                "extractor",
                status.Ready,
                Optional: false,
                status.Ready ? Describe(status) : status.Reason ?? reason ?? "It did not start."
            ),
            new EnginePart(
                "javascript",
                status.JavaScriptRuntime is not null,
                Optional: true,
                status.JavaScriptRuntime ?? status.JavaScriptMissing ?? "Not known before the extractor runs."
            ),
        ];
    }
}
