using Decant.Engine.Fetching.Relays;

namespace Decant.Engine.Fetching.Files;

/// <summary>Deals the missing parts of one file out to its connections, what a reader waits for first, the rest in order.</summary>
internal sealed class RangeQueue(Spool spool)
{
    /// <summary>A reader waits for as much before another connection is asked for it.</summary>
    private const long Near = 512 << 10;

    private const long LargestPiece = 16 << 20;

    private readonly Lock _lock = new();
    private readonly List<RangeClaim> _claims = [];

    /// <param name="size">Size of the file.</param>
    /// <param name="piece">Bytes worth asking for in one request.</param>
    /// <param name="worth">Fewer bytes are not worth a request of their own.</param>
    /// <param name="connections">Connections that share what is left.</param>
    /// <returns>Null where nothing is left that is worth another request.</returns>
    public RangeClaim? Take(long size, long piece, long worth, int connections)
    {
        lock (_lock)
        {
            if (spool.Wanted is { } wanted && TakeWanted(wanted, size, piece, worth) is { } urgent)
            {
                return urgent;
            }
            // As much as each of them has still to bring, so that all finish together.
            var share = connections == 1 ? size : Math.Max((size - spool.Arrived) / connections, worth);
            return TakeGap(0, size, Math.Min(Math.Min(piece, LargestPiece), share), worth) ?? TakeOver(worth);
        }
    }

    /// <summary>The one claim of a file whose size or ranges are unknown.</summary>
    public RangeClaim TakeAll(long start)
    {
        lock (_lock)
        {
            return Add(start, long.MaxValue);
        }
    }

    /// <summary>Whether a reader waits for a byte that no connection is about to bring.</summary>
    public bool HasUrgent(long size)
    {
        lock (_lock)
        {
            return spool.Wanted is { } wanted
                && wanted < size
                && !_claims.Exists(claim => claim.Position <= wanted && wanted < claim.Position + Near);
        }
    }

    public void Release(RangeClaim claim)
    {
        lock (_lock)
        {
            _claims.Remove(claim);
        }
    }

    private RangeClaim? TakeWanted(long wanted, long size, long piece, long worth)
    {
        if (_claims.Find(claim => claim.Position <= wanted && wanted < claim.End) is { } holder)
        {
            if (wanted - holder.Position < Near)
            {
                return null;
            }
            var end = Math.Min(holder.End, size);
            holder.ShortenTo(wanted);
            return Add(wanted, end);
        }
        return TakeGap(wanted, size, piece, worth);
    }

    private RangeClaim? TakeGap(long from, long size, long most, long worth)
    {
        while (spool.Gap(from, size) is var (start, end))
        {
            if (_claims.Find(claim => claim.Position <= start && start < claim.End) is { } taken)
            {
                from = taken.End;
                continue;
            }
            var next = _claims.Where(claim => claim.Position > start).Select(claim => claim.Position);
            end = Math.Min(end, next.DefaultIfEmpty(long.MaxValue).Min());
            // No crumb is left behind for a request of its own.
            return Add(start, end - start - most < worth / 2 ? end : start + most);
        }
        return null;
    }

    /// <summary>The farther half of the largest part still under way.</summary>
    private RangeClaim? TakeOver(long worth)
    {
        if (_claims.MaxBy(claim => claim.Left) is not { } largest || largest.Left < 2 * worth)
        {
            return null;
        }
        var (middle, last) = (largest.Position + (largest.Left / 2), largest.End);
        largest.ShortenTo(middle);
        return Add(middle, last);
    }

    private RangeClaim Add(long start, long end)
    {
        var claim = new RangeClaim(start, end);
        _claims.Add(claim);
        return claim;
    }
}
