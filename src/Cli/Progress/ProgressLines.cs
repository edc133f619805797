using Decant.Cli.Output;
using Decant.Engine;

namespace Decant.Cli.Progress;

/// <summary>A line when the stage changes and for every tenth of the way, but never two of a stage within a second: readable in a log.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time, string name = "")
    : IProgressDisplay,
        IProgress<EngineProgress>
{
    private const double Step = 10;
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    /// <summary>A recording has no tenths: its end is unknown.</summary>
    private static readonly TimeSpan RecordedStep = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private EngineProgress? _shown;
    private long _shownAt;

    public Task<T> ShowAsync<T>(Func<IProgress<EngineProgress>, Task<T>> run) => run(this);

    public Task<T> ShowSeveralAsync<T>(Func<Func<string, IProgress<EngineProgress>>, Task<T>> run) =>
        run(one => new ProgressLines(writer, time, one + ": "));

    public void Report(EngineProgress value)
    {
        lock (_lock)
        {
            var isNews =
                _shown is null
                || value.Stage != _shown.Stage
                || (
                    (value.Percent >= _shown.Percent + Step || value.Recorded >= _shown.Recorded + RecordedStep)
                    && time.GetElapsedTime(_shownAt) >= LeastPause
                );
            if (!isNews)
            {
                return;
            }

            (_shown, _shownAt) = (value, time.GetTimestamp());
            writer.WriteLine($"decant: {name}{value.Percent, 3:0} % {Describe(value)}");
        }
    }

    public static string Describe(EngineProgress progress)
    {
        var stage = progress.Stage switch
        {
            EngineStage.Resolving => "resolving",
            EngineStage.Recording => "recording",
            EngineStage.Downloading => "downloading",
            _ => "converting",
        };
        if (progress is { Stage: EngineStage.Recording, Recorded: { } recorded })
        {
            return $"{stage} {recorded:h\\:mm\\:ss}, {Measure.Bytes(progress.BytesFetched)}";
        }

        if (progress.Stage != EngineStage.Downloading || progress.BytesFetched == 0)
        {
            return stage;
        }

        var total = progress.BytesTotal is { } bytes ? $" of {Measure.Bytes(bytes)}" : "";
        var rate = progress.BytesPerSecond is { } speed ? $", {Measure.Bytes(speed)}/s" : "";
        return $"{stage} {Measure.Bytes(progress.BytesFetched)}{total}{rate}";
    }
}
