namespace Decant.Engine.Fetching.Crews;

/// <summary>Connections to each origin, counted over all fetches of this process: a polite client has few.</summary>
/// <param name="most">Most connections to one origin. A fetch always has its first, whatever others have.</param>
internal sealed class OriginBudget(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.OrdinalIgnoreCase);

    public int Most => most;

    /// <summary>A fetch's first connection, which is never refused.</summary>
    public void TakeFirst(string origin)
    {
        lock (_lock)
        {
            _taken[origin] = _taken.GetValueOrDefault(origin) + 1;
        }
    }

    public bool TryTakeMore(string origin)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(origin);
            if (taken >= most)
            {
                return false;
            }
            _taken[origin] = taken + 1;
            return true;
        }
    }

    public void Release(string origin)
    {
        lock (_lock)
        {
            if (--_taken[origin] == 0)
            {
                _taken.Remove(origin);
            }
        }
    }
}
