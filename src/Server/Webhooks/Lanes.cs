namespace Decant.Server.Webhooks;

/// <summary>Concurrency of attempts on this node: a limit in all and for each receiver (lane).</summary>
/// <param name="most">Most deliveries at once, over all receivers.</param>
/// <param name="mostEach">Most deliveries at once to one receiver; one at a time to a receiver that failed last, since it may hold each for as long as it may take.</param>
internal sealed class Lanes(int most, int mostEach)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = [];
    private readonly HashSet<string> _failing = [];
    private int _total;

    /// <summary>Free slots.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                return most - _total;
            }
        }
    }

    /// <summary>Receivers that can be sent nothing more just now.</summary>
    public IReadOnlyList<string> Full
    {
        get
        {
            lock (_lock)
            {
                return [.. _running.Where(lane => lane.Value >= MostOf(lane.Key)).Select(lane => lane.Key)];
            }
        }
    }

    public bool TryEnter(string lane)
    {
        lock (_lock)
        {
            var running = _running.GetValueOrDefault(lane);
            if (_total >= most || running >= MostOf(lane))
            {
                return false;
            }

            _running[lane] = running + 1;
            _total++;
            return true;
        }
    }

    public void Leave(string lane)
    {
        lock (_lock)
        {
            _total--;
            if (--_running[lane] == 0)
            {
                _running.Remove(lane);
            }
        }
    }

    public void Note(string lane, bool succeeded)
    {
        lock (_lock)
        {
            _ = succeeded ? _failing.Remove(lane) : _failing.Add(lane);
        }
    }

    private int MostOf(string lane) => _failing.Contains(lane) ? 1 : mostEach;
}
