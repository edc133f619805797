using System.Text.Json;
using System.Text.Json.Serialization;
using Decant.Engine;

namespace Decant.Cli.Progress;

/// <summary>Progress as lines of JSON, for a program: one when the stage changes, and else one a second at most.</summary>
internal sealed partial class ProgressJson(TextWriter writer, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    public Task<T> ShowAsync<T>(Func<IProgress<EngineProgress>, Task<T>> run) => run(new Watcher(this, null));

    public Task<T> ShowSeveralAsync<T>(Func<Func<string, IProgress<EngineProgress>>, Task<T>> run) =>
        run(name => new Watcher(this, name));

    private void Write(ProgressLine line)
    {
        lock (_lock)
        {
            writer.WriteLine(JsonSerializer.Serialize(line, Lines.Default.ProgressLine));
        }
    }

    private sealed class Watcher(ProgressJson all, string? name) : IProgress<EngineProgress>
    {
        private readonly Lock _lock = new();
        private EngineStage? _stage;
        private long _shownAt;

        public void Report(EngineProgress value)
        {
            lock (_lock)
            {
                if (value.Stage == _stage && all.Time.GetElapsedTime(_shownAt) < LeastPause)
                {
                    return;
                }

                (_stage, _shownAt) = (value.Stage, all.Time.GetTimestamp());
            }

            all.Write(
                new ProgressLine(
                    name,
                    JsonNamingPolicy.SnakeCaseLower.ConvertName(value.Stage.ToString()),
                    Math.Round(value.Percent, 1),
                    value.BytesFetched,
                    value.BytesTotal,
                    value.BytesPerSecond is { } rate ? Math.Round(rate) : null,
                    value.Recorded?.TotalSeconds
                )
            );
        }
    }

    private TimeProvider Time => time;

    /// <param name="Name">Number and title of the run, where there are several.</param>
    /// <param name="Stage"><c>resolving</c>, <c>recording</c>, <c>downloading</c> or <c>converting</c>.</param>
    /// <param name="Progress">0 to 100.</param>
    /// <param name="BytesFetched">Bytes received so far.</param>
    /// <param name="BytesTotal">Bytes expected, where known.</param>
    /// <param name="BytesPerSecond">Bytes a second at present.</param>
    /// <param name="RecordedSeconds">Recorded length of a live stream.</param>
    private sealed record ProgressLine(
        string? Name,
        string Stage,
        double Progress,
        long BytesFetched,
        long? BytesTotal,
        double? BytesPerSecond,
        double? RecordedSeconds
    );

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    )]
    [JsonSerializable(typeof(ProgressLine))]
    private sealed partial class Lines : JsonSerializerContext;
}
