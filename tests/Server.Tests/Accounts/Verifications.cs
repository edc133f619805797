using System.Diagnostics.Metrics;
using Decant.Server.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Accounts;

/// <summary>Counts the hashes that a server verifies: what its answers to guesses take their time for.</summary>
internal sealed class Verifications : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public Verifications(DecantServer server)
    {
        var meters = server.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Passwords.Verifications && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _count, (int)count));
        _listener.Start();
    }

    public int Count => _count;

    public void Dispose() => _listener.Dispose();
}
