using Decant.Engine;
using Microsoft.Extensions.Options;

namespace Decant.Server.Hosting;

/// <summary>Says which layers of the children's sandbox hold, and refuses to start without them where the operator wants them all.</summary>
internal sealed partial class SandboxStep(MediaEngine engine, ILogger<SandboxStep> logger) : StartStep
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        OwnMemory.Shut();
        var part = await engine.CheckSandboxAsync();
        if (!part.Present && !part.Optional)
        {
            throw new OptionsValidationException(
                "Sandbox",
                typeof(SandboxSettings),
                [$"Setting Sandbox__Required: {part.Detail}"]
            );
        }

        if (part.Present && !Environment.IsPrivilegedProcess)
        {
            LogHolds(part.Detail);
        }
        else
        {
            LogWeak(part.Detail);
        }
    }

    [LoggerMessage(LogLevel.Information, "Sandbox of the children: {Detail}")]
    private partial void LogHolds(string detail);

    [LoggerMessage(LogLevel.Warning, "Sandbox of the children: {Detail}")]
    private partial void LogWeak(string detail);
}
