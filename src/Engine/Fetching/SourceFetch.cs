using Decant.Engine.Errors;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Keeping;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>A source on its way into a file, readable before it is whole where it is a file of known size, or a stream.</summary>
internal sealed class SourceFetch : IAsyncDisposable
{
    /// <summary>A source that is here within so short a time is read from the file: nothing is faster.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Spool _spool;
    private readonly ILogger _logger;
    private readonly KeptSource? _kept;
    private readonly LateClosing? _closing;
    private SpoolRelay? _relay;
    private long? _offered;
    private bool _hasOtherSize;

    /// <param name="spool">Spool that the bytes go to.</param>
    /// <param name="whole">Task that ends when the file is whole, with its size.</param>
    /// <param name="logger">Logger of the relay.</param>
    /// <param name="kept">Source as others are given it; null where it is not kept.</param>
    /// <param name="closing">Closes the file when it is used no more; null where there is nobody to.</param>
    public SourceFetch(
        Spool spool,
        Task<long> whole,
        ILogger logger,
        KeptSource? kept = null,
        LateClosing? closing = null
    )
    {
        _closing = closing;
        _kept = kept;
        _spool = spool;
        _logger = logger;
        Whole = whole;
    }

    /// <summary>A source that lies here already.</summary>
    public static SourceFetch Of(string path, ILogger logger, KeptSource? kept = null) =>
        new(new Spool(path), Task.FromResult(new FileInfo(path).Length), logger, kept);

    public string Path => _spool.Path;

    /// <summary>Ends when the file is whole, with its size; fails with what the source did.</summary>
    public Task<long> Whole { get; }

    /// <summary>Whether what was read early belongs to an older version of the file than the one that is here now.</summary>
    public bool IsOutdated => _relay is not null && (_spool.Edition > 0 || _hasOtherSize);

    /// <inheritdoc cref="LocalFile.IsToStay"/>
    public void IsToStay() => _spool.IsToStay = true;

    /// <summary>Waits until the source can be read: whole, or while it comes.</summary>
    /// <param name="known">Size of the file, where it has been looked into before: then whoever reads it can be started before it answers.</param>
    /// <param name="time">Clock of a short wait.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <exception cref="MediaException">What the source did.</exception>
    public async Task<ReadableSource> ReadableAsync(long? known, TimeProvider time, CancellationToken cancellationToken)
    {
        if (known is not null && !Whole.IsCompleted)
        {
            return Offer(known);
        }
        await Task.WhenAny(Whole, _spool.Opened).WaitAsync(cancellationToken);
        await Task.WhenAny(Whole, Task.Delay(Moment, time, cancellationToken));
        if (Whole.IsCompleted || await _spool.Opened.WaitAsync(cancellationToken) is not { } shape)
        {
            return await WholeAsync(cancellationToken);
        }
        return Offer(shape.Size);
    }

    /// <summary>Waits until the file is whole.</summary>
    /// <exception cref="MediaException">What the source did.</exception>
    public async Task<ReadableSource> WholeAsync(CancellationToken cancellationToken)
    {
        var size = await Whole.WaitAsync(cancellationToken);
        _hasOtherSize = _offered is { } offered && offered != size;
        return new ReadableSource(Path, null, size, Whole)
        {
            Parts = _spool.Parts,
            Duration = _spool.Duration,
            Kept = _kept,
            HasNoSize = _spool.Opened.IsCompletedSuccessfully && await _spool.Opened is null,
        };
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever fetches has been told to stop, and nothing may still write when this returns.
        await ((Task)Whole).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }
        if (_closing is null)
        {
            _spool.Dispose();
        }
        else
        {
            _closing.Close(_spool);
        }
    }

    private ReadableSource Offer(long? size)
    {
        _offered = size;
        _relay = new SpoolRelay(_spool, size, _logger);
        return new ReadableSource(Path, _relay.Address, size, Whole) { Duration = _spool.Duration };
    }
}

/// <summary>Begins to bring a format into a file.</summary>
/// <inheritdoc cref="Fetcher.Start"/>
internal delegate SourceFetch StartFetch(
    SourceFormat format,
    string path,
    IProgress<FetchProgress> progress,
    CancellationToken cancellationToken
);

/// <param name="Path">The file, whole or filling.</param>
/// <param name="Relay">Address at which it can be read while it fills; null once it is whole.</param>
/// <param name="Size">Size of the whole file, in bytes; null for a stream that is still coming.</param>
/// <param name="Whole">Task that ends when the file is whole, and fails where it will never be.</param>
internal sealed record ReadableSource(string Path, Uri? Relay, long? Size, Task Whole)
{
    /// <summary>Bytes that come one after the other, and cannot be asked for out of turn.</summary>
    public bool IsStream => Relay is not null && Size is null;

    /// <summary>Playing time of a stream, where its playlist says so.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The size was never announced: only the content tells whether all of it came.</summary>
    public bool HasNoSize { get; init; }

    /// <inheritdoc cref="Spool.Parts"/>
    public IReadOnlyList<SourcePart> Parts { get; init; } = [];

    /// <summary>The file that other runs are given, too; null where it is not kept.</summary>
    public KeptSource? Kept { get; init; }

    /// <summary>Takes the file out of what is kept for others. True where nobody else has it: then it may change.</summary>
    public bool TryOwn() => Kept?.TryTakeBack() ?? HardLink.IsOnlyName(Path);

    /// <summary>Path or address, as ffmpeg is given it.</summary>
    public string Input => Relay?.AbsoluteUri ?? Path;
}
