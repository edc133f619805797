using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Cli.Getting;

/// <summary>Options of <c>decant get</c> for a live stream.</summary>
/// <param name="MaxDuration">Longest recording.</param>
/// <param name="FromStart">True to take what the stream still lists of its past.</param>
/// <param name="Wait">True to wait for a stream that has yet to begin.</param>
internal sealed record LiveOptions(TimeSpan MaxDuration, bool FromStart, bool Wait)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRecording = TimeSpan.FromDays(7);

    /// <param name="maxDuration">Seconds to record at most; null for until it ends.</param>
    /// <param name="fromStart">Record from as far back as the playlist reaches.</param>
    /// <param name="wait">True to wait for a stream that has yet to begin.</param>
    /// <exception cref="MediaException"><c>invalid_request</c>.</exception>
    public static LiveOptions Read(double? maxDuration, bool fromStart, bool wait) =>
        maxDuration is null ? new LiveOptions(LongestRecording, fromStart, wait)
        : maxDuration >= 1 && maxDuration <= LongestRecording.TotalSeconds
            ? new LiveOptions(TimeSpan.FromSeconds(maxDuration.Value), fromStart, wait)
        : throw new MediaException(
            MediaError.InvalidRequest,
            $"--max-duration {maxDuration} is not a number of seconds from 1 to {LongestRecording.TotalSeconds}"
        );

    /// <exception cref="MediaException">Whatever is wrong, but for a stream that is to be waited for.</exception>
    public async Task<MediaInfo> LookUpAsync(MediaEngine engine, Uri url, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await engine.InspectAsync(url, new InspectOptions { BypassCache = Wait }, cancellationToken);
            }
            catch (MediaException failure) when (failure.Error == MediaError.NotStarted && Wait)
            {
                await Console.Error.WriteLineAsync($"decant: {failure.Message}");
                await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <param name="engine">Does it.</param>
    /// <param name="url">The page.</param>
    /// <param name="output">File to make.</param>
    /// <param name="directory">A directory of the run's own, gone with it.</param>
    /// <param name="progress">Receiver of the progress.</param>
    /// <param name="interruption">Token that ends the recording and keeps it.</param>
    /// <exception cref="MediaException">Nothing could be recorded.</exception>
    public async Task<ExtractionResult> RecordAsync(
        MediaEngine engine,
        Uri url,
        OutputRequest output,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken interruption
    )
    {
        var recording = new RecordingRequest
        {
            Directory = Path.Combine(directory, "recording"),
            MaxDuration = MaxDuration,
            FromStart = FromStart,
        };
        var run = Directory.CreateDirectory(Path.Combine(directory, "run")).FullName;
        return await engine.RecordAsync(url, output, recording, run, progress, interruption, CancellationToken.None);
    }
}
