using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Relays;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching.Files;

/// <summary>State that the connections of one file's fetch share.</summary>
// Eight parameters: those of the fetch, and how it asks this time.
internal sealed class SharedFetch(
    HttpClient http,
    Link<RemoteFile> link,
    Spool spool,
    FetchLimits limits,
    FetchMeter meter,
    bool plain,
    TimeProvider time,
    ILogger logger
) : ICrewWork
{
    /// <summary>The first request's share, while nothing is known: a small file comes whole with it.</summary>
    private const long FirstPiece = 4 << 20;

    /// <summary>Smallest size of every further piece: small enough that a reader of the file's beginning need not wait for its end.</summary>
    private const long SmallestPiece = 2 << 20;

    /// <summary>The latency of asking is lost in so many times itself, at least.</summary>
    private const int LatenciesPerPiece = 16;

    /// <summary>Factor by which pieces are longer while so much is left that a reader would not be at the end anyway.</summary>
    private const int LongAtFirst = 3;

    private readonly Lock _lock = new();
    private readonly RangeQueue _queue = new(spool);
    private readonly long? _seenSize = link.Now.SeenSize;
    private readonly bool _isPlainAnyway = plain;
    private FileAnswer? _version;
    private bool _gaveRange;

    public RemoteFile Remote => link.Now;
    public Spool Spool => spool;
    public FetchLimits Limits => limits;

    /// <summary>The version of the file that the bytes so far belong to.</summary>
    public FileAnswer? Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    public long? Size => Version?.Total;

    /// <summary>The origin gives any part of the file, so that others can be asked for beside it.</summary>
    /// <remarks>Believed of one whose size was seen, until it answers otherwise.</remarks>
    public bool HasRanges { get; private set; } = !plain && link.Now.SeenSize >= 2 * FirstPiece;

    /// <summary>True where the file is asked for as a whole, since the origin will not hear of ranges or cannot be held to one version.</summary>
    public bool Plain { get; private set; } = plain;

    public CrewPace Going { get; } = new(time);

    public int First => HasRanges ? (int)Math.Min(int.MaxValue, _seenSize!.Value / FirstPiece) : 1;

    /// <summary>Number of connections aimed at.</summary>
    public int Target { get; set; } = 1;

    /// <summary>Bytes that one request may ask for of a claim.</summary>
    public long MostAtOnce => Math.Min(HasRanges ? long.MaxValue : FirstPiece, Remote.PieceSize ?? long.MaxValue);

    /// <summary>Bytes worth asking for in one request; changes with what is left.</summary>
    private long Piece
    {
        get
        {
            var whileAsked = LatenciesPerPiece * (Going.Latency ?? default);
            var least = (long)(Going.PerConnection * whileAsked.TotalSeconds);
            var share = ((Size ?? _seenSize) - spool.Arrived) / (2 * Math.Max(1, Going.Active)) ?? 0;
            var piece = Math.Max(Math.Clamp(share, least, LongAtFirst * least), SmallestPiece);
            return Math.Min(piece, MostAtOnce);
        }
    }

    public FetchPace? Pace =>
        HasRanges && Size is { } size && Going.Latency is { } latency
            ? new FetchPace(spool.Arrived, size - spool.Arrived, latency)
            : null;

    public bool HasUrgent => HasRanges && Size is { } size && _queue.HasUrgent(size);

    /// <summary>Asks once without a range before an origin that has given none is called anything worse.</summary>
    /// <returns>False where that was done already, ranges were given, or another connection may yet be given one.</returns>
    public bool TryWithoutRanges()
    {
        lock (_lock)
        {
            if (Plain || _gaveRange || Going.Active > 1)
            {
                return false;
            }
            (Plain, HasRanges) = (true, false);
            return true;
        }
    }

    public bool TryFinish()
    {
        if (!spool.IsWhole && Size is { } size && spool.Gap(0, size) is null)
        {
            spool.Finish(size);
        }
        return spool.IsWhole;
    }

    public Task<bool> WorkAsync(CancellationToken cancellationToken) =>
        new Connection(http, this, meter, time, logger).RunAsync(cancellationToken);

    /// <summary>Finds out where the file is now that <paramref name="dead"/> serves it no more.</summary>
    public async Task<bool> RenewAsync(RemoteFile dead, CancellationToken cancellationToken)
    {
        var isRenewed = await link.RenewAsync(dead, spool.Arrived, cancellationToken);
        if (isRenewed)
        {
            // It was refused for its age, and not for its range.
            Plain = _isPlainAnyway;
        }
        return isRenewed;
    }

    /// <summary>Lets a connection go that is not needed, or that failed where others go on. The last one stays.</summary>
    public bool MayRetire(bool failed)
    {
        var needed = failed ? 1 : Math.Max(1, Target) + (HasUrgent ? 1 : 0);
        return Going.Active > needed;
    }

    /// <returns>What to bring next; null where nothing is left.</returns>
    public RangeClaim? Next()
    {
        if (HasRanges && (Size ?? _seenSize) is { } size)
        {
            return _queue.Take(size, Piece, Going.SmallestShare, Math.Max(Going.Active, Target));
        }
        if (Going.Active > 1)
        {
            return null;
        }
        var start = spool.Gap(0, Size ?? long.MaxValue)?.Start;
        return start is null || spool.IsWhole ? null : _queue.TakeAll(start.Value);
    }

    public void Release(RangeClaim claim) => _queue.Release(claim);

    /// <summary>Fits an answer to what is here already.</summary>
    /// <exception cref="FileChangedException">It belongs to another version.</exception>
    /// <exception cref="FetchException">All of the file came where a part was asked for, and others bring the rest.</exception>
    public void Accept(FileAnswer answer, RangeClaim claim)
    {
        if (answer.Total > limits.MaxBytes)
        {
            throw limits.TooLarge(answer.Total);
        }
        lock (_lock)
        {
            if (_version is not null && answer.Contradicts(_version))
            {
                throw new FileChangedException();
            }
            if (HasRanges && _version?.Total is null && (answer.IsAll || answer.Total is null))
            {
                // It was believed to be shareable, and is one connection's.
                HasRanges = false;
                if (claim.Position > 0)
                {
                    throw new FetchException(
                        MediaError.SourceFailed,
                        $"'{Remote.Host}' does not keep to ranges.",
                        true
                    );
                }
                claim.StartOver();
            }
            _gaveRange |= !answer.IsAll;
            if (answer.IsAll && claim.Position > 0)
            {
                if (Going.Active > 1)
                {
                    throw new FetchException(
                        MediaError.SourceFailed,
                        $"'{Remote.Host}' does not keep to ranges.",
                        true
                    );
                }
                HasRanges = false;
                claim.StartOver();
            }
            else if (answer.IsAll && !HasRanges)
            {
                // Another connection may have found out before that this one brings everything.
                claim.StartOver();
            }
            _version = _version is null ? answer : _version with { Total = _version.Total ?? answer.Total };
            // One who names each answer's version anew can be asked only once, whatever the answer calls itself.
            if (!answer.IsAll && _version.Total is not null && !HasRanges && !_isPlainAnyway)
            {
                HasRanges = true;
                claim.ShortenTo(answer.End!.Value);
            }
        }
        spool.Open(answer.Total);
    }
}
