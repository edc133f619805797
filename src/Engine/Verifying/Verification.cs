using System.Diagnostics;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Verifying;

/// <summary>Holds a finished file to what its plan promised and to what its sources have. A file that falls short is removed.</summary>
internal sealed partial class Verification(Ffprobe ffprobe, ILogger<Verification> logger)
{
    /// <param name="path">The file.</param>
    /// <param name="plan">Plan of the file.</param>
    /// <param name="report">Counts of ffmpeg's while it made it.</param>
    /// <param name="cancellationToken">Token that stops the reading.</param>
    /// <returns>What the file really is.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where it is not what was promised, or not all that its sources have.</exception>
    public async Task<ProbedMedia> VerifyAsync(
        string path,
        ConversionPlan plan,
        ConversionReport report,
        CancellationToken cancellationToken
    )
    {
        var began = Stopwatch.GetTimestamp();
        var read = await ffprobe.ReadThroughOrIndexAsync(path, cancellationToken);
        var message =
            SourceCheck.IsEmpty(plan, report)
                ? "The source's file is empty: it announces what to play, and has none of it."
            : PromiseCheck.Breach(read, plan) is { } broken
                ? $"The file that was made is not what was asked for: {broken}."
            : SourceCheck.Breach(read.Media!, plan, report) is not { } fault ? null
            : fault.IsOfSource ? $"The source's file is broken: {fault.Text}."
            : $"The file that was made is not the whole of its source: {fault.Text}.";
        ConversionMeasures.RecordVerification(Stopwatch.GetElapsedTime(began), plan);
        if (message is null)
            return read.Media!;
        LogBroken(logger, plan.Container.Name, message, read.Outcome.ErrorTail);
        File.Delete(path);
        throw new MediaException(MediaError.SourceFailed, message) { IsFinal = true };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Container} file was not delivered. {Message} {Errors}")]
    private static partial void LogBroken(ILogger logger, string container, string message, string errors);
}
