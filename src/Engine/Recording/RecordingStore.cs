using System.Globalization;
using Decant.Engine.Fetching.Live;
using Decant.Engine.Sources;

namespace Decant.Engine.Recording;

/// <summary>A recording on the disk: what it is of, and what there is of each source.</summary>
internal sealed class RecordingStore : IDisposable
{
    private readonly string _directory;
    private readonly SegmentMeasure? _measure;
    private readonly List<RecordedSource> _sources = [];

    /// <param name="directory">Directory of its own; gone on with where there is something in it.</param>
    /// <param name="measure">Measure of segments; null believes what is said of them.</param>
    public RecordingStore(string directory, SegmentMeasure? measure = null)
    {
        _measure = measure;
        _directory = Directory.CreateDirectory(directory).FullName;
        Facts = RecordingFacts.Read(FactsPath);
        if (Facts is not null)
        {
            Open(Facts.Formats.Count);
        }
    }

    public RecordingFacts? Facts { get; private set; }
    public IReadOnlyList<RecordedSource> Sources => _sources;

    /// <summary>Beginning of the recording (UTC); null where nothing is recorded.</summary>
    public DateTimeOffset? BegunAt => Facts is null ? null : new DateTimeOffset(File.GetLastWriteTimeUtc(FactsPath));
    public long Bytes => _sources.Sum(source => source.Bytes);

    /// <summary>Length that all sources have.</summary>
    public TimeSpan Duration => _sources.Count == 0 ? TimeSpan.Zero : _sources.Min(source => source.Duration);

    /// <summary>Missing times of all sources, in order.</summary>
    public IReadOnlyList<RecordingGap> Gaps => RecordingGap.OfAll(_sources.Select(source => source.Gaps));

    /// <summary>Enters that the stream may have gone on, unless it was over.</summary>
    public void MissEnd()
    {
        foreach (var source in _sources.Where(source => !source.HasEnded))
        {
            source.Miss(null);
        }
    }

    /// <summary>Makes room for the sources, unless there are as many already.</summary>
    public void Begin(MediaInfo info, IReadOnlyList<SourceFormat> sources)
    {
        if (Facts?.Formats.Count == sources.Count && Duration > TimeSpan.Zero)
        {
            return;
        }

        Close();
        foreach (var left in Directory.EnumerateDirectories(_directory))
        {
            Directory.Delete(left, recursive: true);
        }

        Facts = RecordingFacts.Of(info, sources);
        Facts.Write(FactsPath);
        Open(sources.Count);
    }

    public void Dispose() => Close();

    private string FactsPath => Path.Combine(_directory, "facts.json");

    private void Open(int count)
    {
        for (var index = 0; index < count; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"source-{index}");
            _sources.Add(new RecordedSource(Path.Combine(_directory, name), _measure));
        }
    }

    private void Close()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }

        _sources.Clear();
    }
}
