using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Live;

/// <summary>
/// Recording of one source: parts that play through by themselves, and a journal that says how far they are good. It
/// outlives whoever records: bytes that a killed process wrote and did not enter are cut off when it is opened again.
/// </summary>
internal sealed class RecordedSource : IDisposable
{
    private const string JournalName = "journal";
    private const string GapWord = "gap";
    private const string EndWord = "end";
    private const string BeginWord = "begins";

    private readonly string _directory;
    private readonly List<RecordedPart> _parts = [];
    private readonly List<RecordingGap> _gaps = [];
    private readonly StreamWriter _journal;
    private readonly SegmentMeasure? _measure;
    private FileStream? _open;
    private byte[]? _head;

    /// <param name="directory">Directory of its own; made where there is none.</param>
    /// <param name="measure">Measure of segments; null believes what is said of them.</param>
    public RecordedSource(string directory, SegmentMeasure? measure = null)
    {
        _measure = measure;
        _directory = Directory.CreateDirectory(directory).FullName;
        var journal = Path.Combine(_directory, JournalName);
        if (File.Exists(journal))
        {
            LeftAt = new DateTimeOffset(File.GetLastWriteTimeUtc(journal));
            foreach (var line in File.ReadLines(journal))
            {
                Remember(line);
            }
        }

        // A line cut short by the end of a process must not run into the next one.
        _journal = new StreamWriter(journal, append: true) { AutoFlush = true, NewLine = "\n" };
        _journal.WriteLine();
        if (LeftAt is { } left)
        {
            // Of the last one that recorded, not of everyone who looked.
            File.SetLastWriteTimeUtc(journal, left.UtcDateTime);
        }
    }

    public TimeSpan Duration { get; private set; }
    public long Bytes { get; private set; }

    /// <summary>Time (UTC) of an earlier run's last write; null where there was none.</summary>
    public DateTimeOffset? LeftAt { get; }

    /// <summary>Whether the stream said that it was over.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Missing times, in order.</summary>
    public IReadOnlyList<RecordingGap> Gaps => _gaps;

    /// <summary>The segment to go on with; null before the first.</summary>
    public long? Next { get; private set; }

    /// <summary>Recorded parts in order.</summary>
    public IReadOnlyList<RecordedPart> Parts => [.. _parts.Where(part => part.Duration > TimeSpan.Zero)];

    /// <summary>Begins a part: the next segment does not go on where the last one ended.</summary>
    public void BeginPart()
    {
        _open?.Dispose();
        (_open, _head) = (null, null);
        _parts.Add(new RecordedPart(Path.Combine(_directory, Text($"part-{_parts.Count:d5}")), TimeSpan.Zero, 0));
    }

    /// <summary>Enters that the stream went on and this was not recorded.</summary>
    /// <param name="missing">Length that is missing; null where nobody can tell.</param>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public void Miss(TimeSpan? missing)
    {
        Enter(Text($"{GapWord} {missing?.Ticks ?? -1} ."));
        AddGap(missing);
    }

    /// <summary>Enters that the stream is over, so that nothing can be missing after it.</summary>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public void End()
    {
        Enter(EndWord);
        HasEnded = true;
    }

    /// <param name="bytes">Bytes that stand before the segments of a part.</param>
    /// <param name="sequence">Number of the segment that follows.</param>
    /// <param name="cancellationToken">Token that breaks it off.</param>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public Task AppendHeadAsync(byte[] bytes, long sequence, CancellationToken cancellationToken) =>
        StoreAsync(() =>
        {
            BeginFirst();
            _head = bytes;
            return WriteAsync(bytes, sequence, TimeSpan.Zero, cancellationToken);
        });

    /// <param name="bytes">A segment.</param>
    /// <param name="segment">Segment, with its place in the stream.</param>
    /// <param name="cancellationToken">Token that breaks it off.</param>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public Task AppendAsync(byte[] bytes, LiveSegment segment, CancellationToken cancellationToken) =>
        StoreAsync(async () =>
        {
            BeginFirst();
            var measured = _measure is null
                ? new MeasuredSegment(segment.Duration, null)
                : await _measure.MeasureAsync(
                    Path.Combine(_directory, "measured"),
                    _head,
                    bytes,
                    segment.Duration,
                    cancellationToken
                );
            if (measured.Start + segment.Shift is { } start && _parts[^1].Duration == TimeSpan.Zero)
            {
                await _journal.WriteLineAsync(Text($"{BeginWord} {_parts.Count - 1} {start.Ticks} ."));
                _parts[^1] = _parts[^1] with { Begins = start };
            }

            await WriteAsync(bytes, segment.Sequence, measured.Duration, cancellationToken);
        });

    private void BeginFirst()
    {
        if (_parts.Count == 0)
        {
            BeginPart();
        }
    }

    private async Task WriteAsync(byte[] bytes, long sequence, TimeSpan duration, CancellationToken cancellationToken)
    {
        _open ??= Reopen(_parts[^1]);
        await _open.WriteAsync(bytes, cancellationToken);
        await _open.FlushAsync(cancellationToken);
        var entry = new JournalEntry(_parts.Count - 1, sequence, duration, bytes.Length);
        await _journal.WriteLineAsync(entry.ToString());
        Count(entry);
    }

    private static async Task StoreAsync(Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (IOException e)
        {
            throw NotStored(e);
        }
    }

    /// <summary>Leaves of each part what is good, for others to read. Nothing is appended after that.</summary>
    public void Seal()
    {
        _open?.Dispose();
        _open = null;
        foreach (var part in Parts)
        {
            Reopen(part).Dispose();
        }
    }

    public void Dispose()
    {
        _open?.Dispose();
        _journal.Dispose();
    }

    /// <summary>Cuts off what was never entered, and what a cancelled write left.</summary>
    private static FileStream Reopen(RecordedPart part)
    {
        var file = new FileStream(part.Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(part.Bytes);
        file.Position = part.Bytes;
        return file;
    }

    private void Enter(string line)
    {
        try
        {
            _journal.WriteLine(line);
        }
        catch (IOException e)
        {
            throw NotStored(e);
        }
    }

    private static MediaException NotStored(IOException cause) =>
        new(
            MediaError.Overloaded,
            "This server could not store the recording; its disk may be full. Try again later.",
            cause
        );

    private void AddGap(TimeSpan? missing)
    {
        if (_gaps.Count > 0 && _gaps[^1].Start == Duration)
        {
            _gaps[^1] = _gaps[^1].And(missing);
        }
        else
        {
            _gaps.Add(new RecordingGap(Duration, missing));
        }
    }

    private void Remember(string line)
    {
        HasEnded |= line == EndWord;
        if (
            line.Split(' ') is [GapWord, var missing, "."]
            && long.TryParse(missing, CultureInfo.InvariantCulture, out var ticks)
        )
        {
            AddGap(ticks < 0 ? null : TimeSpan.FromTicks(ticks));
            return;
        }

        if (
            line.Split(' ') is [BeginWord, var number, var at, "."]
            && int.TryParse(number, CultureInfo.InvariantCulture, out var part)
            && long.TryParse(at, CultureInfo.InvariantCulture, out var begins)
        )
        {
            BeginParts(part);
            _parts[part] = _parts[part] with { Begins = TimeSpan.FromTicks(begins) };
        }
        else if (JournalEntry.TryParse(line) is { } entry)
        {
            BeginParts(entry.Part);
            Count(entry);
        }
    }

    private void BeginParts(int last)
    {
        while (_parts.Count <= last)
        {
            BeginPart();
        }
    }

    private void Count(JournalEntry entry)
    {
        var part = _parts[entry.Part];
        _parts[entry.Part] = part with { Duration = part.Duration + entry.Duration, Bytes = part.Bytes + entry.Bytes };
        Duration += entry.Duration;
        Bytes += entry.Bytes;
        if (entry.Duration > TimeSpan.Zero)
        {
            Next = entry.Sequence + 1;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record JournalEntry(int Part, long Sequence, TimeSpan Duration, int Bytes)
    {
        public static JournalEntry? TryParse(string line) =>
            line.Split(' ') is [var part, var sequence, var ticks, var bytes, "."]
            && int.TryParse(part, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(sequence, CultureInfo.InvariantCulture, out var place)
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var time)
            && int.TryParse(bytes, CultureInfo.InvariantCulture, out var size)
                ? new JournalEntry(number, place, TimeSpan.FromTicks(time), size)
                : null;

        /// <summary>The dot says that the line is whole.</summary>
        public override string ToString() => Text($"{Part} {Sequence} {Duration.Ticks} {Bytes} .");
    }
}
