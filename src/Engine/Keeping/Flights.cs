namespace Decant.Engine.Keeping;

/// <summary>Work that is under way, by its key: whoever wants the same waits for it instead of doing it again.</summary>
internal sealed class Flights
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <returns>The flight, and whether it is the caller's own: then it must be landed.</returns>
    public (Flight Flight, bool IsOwn) Board(string key, IProgress<EngineProgress> passenger)
    {
        lock (_lock)
        {
            if (_flights.TryGetValue(key, out var flight))
            {
                flight.Add(passenger);
                return (flight, false);
            }
            _flights[key] = flight = new Flight(() => Remove(key));
            flight.Add(passenger);
            return (flight, true);
        }
    }

    private void Remove(string key)
    {
        lock (_lock)
        {
            _flights.Remove(key);
        }
    }
}

/// <summary>One piece of work and all who wait for it.</summary>
internal sealed class Flight(Action land) : IProgress<EngineProgress>, IDisposable
{
    private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<IProgress<EngineProgress>> _passengers = [];

    /// <summary>Ends when the work has, well or badly.</summary>
    public Task Landed => _landed.Task;

    public void Add(IProgress<EngineProgress> passenger)
    {
        lock (_lock)
        {
            _passengers.Add(passenger);
        }
    }

    public void Report(EngineProgress value)
    {
        lock (_lock)
        {
            foreach (var passenger in _passengers)
            {
                passenger.Report(value);
            }
        }
    }

    public void Dispose()
    {
        land();
        _landed.TrySetResult();
    }
}
